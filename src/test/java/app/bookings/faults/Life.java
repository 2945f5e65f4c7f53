package app.bookings.faults;

import app.bookings.testsupport.Scene;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;

/** One customer after the other: what they do is drawn from the worker's own random numbers. */
final class Life {

  private static final String RICH = "500.00";
  private static final List<Method> METHODS = List.of(Method.values());

  private final Scene scene;
  private final Timetable timetable;
  private final Creating creating;
  private final Doings doings;
  private final Tally tally;
  private final Random random;

  /** Orders with a checkout that is clicked late, or never. */
  private final Queue<Order> left;

  Life(
      Scene scene,
      Timetable timetable,
      Creating creating,
      Doings doings,
      Tally tally,
      Queue<Order> left,
      Random random) {
    this.scene = scene;
    this.timetable = timetable;
    this.creating = creating;
    this.doings = doings;
    this.tally = tally;
    this.left = left;
    this.random = random;
  }

  static Queue<Order> checkouts() {
    return new ConcurrentLinkedQueue<>();
  }

  void one() {
    if (random.nextInt(8) == 0) {
      debt();
    } else {
      visit();
    }
  }

  /** A customer comes, books, and does this and that. */
  private void visit() {
    Person person = random.nextInt(5) == 0 ? guest() : customer(random.nextInt(5) == 0);
    Order order = begin(person, timetable.any(random));
    int steps = 1 + random.nextInt(5);
    for (int step = 0; step < steps; step++) {
      if (random.nextInt(12) == 0) {
        timetable.happens(random);
      }
      // Nobody is as fast as a program: without it, replicas had no processor to start with.
      Moment.in(random.nextInt(150));
      order = next(person, order);
    }
    if (order.checkoutUrl != null) {
      left.add(order);
    }
    Order late = left.size() > 8 ? left.poll() : null;
    if (late != null && random.nextBoolean()) {
      click(late);
    }
  }

  private Person guest() {
    String email = "guest-" + new UUID(random.nextLong(), random.nextLong()) + "@example.com";
    return new Person(null, null, email, false);
  }

  /** Somebody on a slot can't pay once it is over: what is owed is paid in one way or another. */
  private void debt() {
    Person poor = customer(true);
    Slot slot = timetable.any(random);
    Order order = creating.attend(poor, slot, random);
    if (order.bookingId == null) {
      return;
    }
    if (random.nextBoolean()) {
      doings.checkIn(order, random);
    }
    timetable.finish(slot, random);
    for (int step = 0; step < 3; step++) {
      Moment.in(random.nextInt(600));
      switch (random.nextInt(6)) {
        case 0 -> topUp(poor);
        case 1 -> doings.waive(order, random);
        case 2 -> doings.settleOnSite(order, random);
        case 3 -> cancelAndPay(order);
        case 4 -> doings.read(order, random);
        default -> doings.pay(order, payment(poor), random);
      }
    }
  }

  private Person customer(boolean poor) {
    Scene.Customer customer =
        scene.customer(new JsonObject().put("walletBalance", poor ? "1.00" : RICH));
    if (random.nextBoolean()) {
      scene.pass(customer, 1 + random.nextInt(2), null, 0);
    }
    return new Person(customer.id(), customer.token(), null, poor);
  }

  private Order begin(Person person, Slot slot) {
    return !person.guest() && random.nextInt(4) == 0
        ? creating.attend(person, slot, random)
        : creating.create(person, slot, choice(person, slot), random);
  }

  private JsonObject choice(Person person, Slot slot) {
    if (person.guest()) {
      return new JsonObject().put("paymentMethod", random.nextBoolean() ? "CARD" : "ON_SITE");
    }
    int which = random.nextInt(METHODS.size() + 2);
    return which >= METHODS.size()
        ? new JsonObject().put("paymentMethod", "ON_SITE")
        : METHODS.get(which).order(slot.session.towel.toString());
  }

  /** What comes next; the order that is spoken of from then on. */
  private Order next(Person person, Order order) {
    int what = random.nextInt(22);
    if (what == 0) {
      delete(person);
    } else if (what == 1) {
      topUp(person);
    } else if (what == 2 && person.guest()) {
      link(person);
    } else if (what < 5) {
      Slot slot = random.nextInt(3) == 0 ? order.slot : timetable.any(random);
      return begin(person, slot);
    } else if (order.bookingId != null && (!person.guest() || order.bookingToken != null)) {
      withBooking(order, what);
    }
    return order;
  }

  private void withBooking(Order order, int what) {
    if (order.checkoutUrl != null && !order.endAsked && random.nextInt(3) == 0) {
      click(order);
      return;
    }
    switch (what) {
      case 5, 6, 7 -> doings.read(order, random);
      case 8, 9, 10 -> doings.cancel(order, random);
      case 11, 12, 13, 14 -> click(order);
      case 15, 16 -> doings.pay(order, payment(order.person), random);
      case 17, 18 -> doings.settleOnSite(order, random);
      case 19 -> doings.checkIn(order, random);
      case 20 -> doings.waive(order, random);
      default -> cancelAndPay(order);
    }
  }

  private JsonObject payment(Person person) {
    int which = person.guest() ? 0 : random.nextInt(3);
    return new JsonObject()
        .put(
            "paymentMethod",
            switch (which) {
              case 0 -> "CARD";
              case 1 -> "WALLET";
              default -> "BONUS";
            });
  }

  /** Both at once: one of them comes second. */
  private void cancelAndPay(Order order) {
    Random other = new Random(random.nextLong());
    JsonObject body = payment(order.person);
    CompletableFuture<Void> paying =
        CompletableFuture.runAsync(() -> doings.pay(order, body, other));
    doings.cancel(order, random);
    paying.join();
  }

  private void click(Order order) {
    if (order.checkoutUrl != null) {
      tally.count("clicks");
      String button = random.nextInt(4) == 0 ? "fail" : "pay";
      scene.neighbours.click(order.checkoutUrl, button);
    }
  }

  private void delete(Person person) {
    if (person.id == null || random.nextInt(3) > 0) {
      return;
    }
    person.deletionAsked = true;
    JsonObject data = new JsonObject().put("customerId", person.id.toString());
    if (random.nextBoolean()) {
      timetable.tell("/companies", "customer.deleted", data, random);
    } else {
      // While a booking of theirs is on its way.
      Random other = new Random(random.nextLong());
      CompletableFuture<Void> telling =
          CompletableFuture.runAsync(
              () -> timetable.tell("/companies", "customer.deleted", data, other));
      begin(person, timetable.any(random));
      telling.join();
    }
    person.deleted = true;
  }

  private void topUp(Person person) {
    if (person.guest()) {
      return;
    }
    scene.neighbours.putCustomer(person.id, new JsonObject().put("walletBalance", "1000.00"));
    JsonObject data =
        new JsonObject().put("customerId", person.id.toString()).put("currency", "EUR");
    timetable.tell("/wallet", "wallet.topped-up", data, random);
    person.toppedUp = true;
  }

  private void link(Person guest) {
    if (guest.id == null || guest.linkedTo != null) {
      return;
    }
    UUID user = new UUID(random.nextLong(), random.nextLong());
    scene.neighbours.putCustomer(guest.id, new JsonObject().put("userId", user.toString()));
    JsonObject data =
        new JsonObject().put("customerId", guest.id.toString()).put("userId", user.toString());
    guest.linkedTo = user;
    timetable.tell("/companies", "customer.linked", data, random);
  }
}
