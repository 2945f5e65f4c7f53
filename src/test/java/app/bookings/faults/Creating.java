package app.bookings.faults;

import app.bookings.faults.Asking.Asked;
import app.bookings.testsupport.Books;
import app.bookings.testsupport.Scene;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;

/** How bookings come to be, and what an answer to that promises. */
final class Creating {

  private static final Set<String> OUTCOMES =
      Set.of(
          "201",
          "202",
          "402 payment-declined",
          "403 customer-banned",
          "404 booking-not-found",
          "404 session-not-found",
          "409 already-booked",
          "409 invalid-state",
          "409 session-full",
          "409 session-not-bookable");

  private final Scene scene;
  private final Asking asking;
  private final String serviceToken;
  private final Findings findings;
  private final ConcurrentLinkedQueue<Order> orders = new ConcurrentLinkedQueue<>();

  Creating(Scene scene, Asking asking, String serviceToken, Findings findings) {
    this.scene = scene;
    this.asking = asking;
    this.serviceToken = serviceToken;
    this.findings = findings;
  }

  Collection<Order> orders() {
    return orders;
  }

  Order create(Person person, Slot slot, JsonObject body, Random random) {
    String path = slot.session.path();
    if (person.guest()) {
      body.put("email", person.email);
      path = path.replace("/api/client/", "/api/client/guest/");
    }
    Map<String, String> headers = random.nextInt(6) > 0 ? Doings.key(random) : Map.of();
    Asking.Request request =
        new Asking.Request("create", "POST", path, person.token, body.encode(), headers, OUTCOMES);
    Order order = new Order(person, slot, request);
    person.orders.add(order);
    orders.add(order);
    order.mayExist = true;
    if (order.keyed() && random.nextInt(8) == 0) {
      // The same twice at once: by a client that did not wait for the answer.
      Random other = new Random(random.nextLong());
      CompletableFuture<Asked> twin =
          CompletableFuture.supplyAsync(() -> asking.until(request, other));
      answered(order, asking.until(request, random));
      answered(order, twin.join());
    } else if (order.keyed()) {
      answered(order, asking.untilTired(request, random));
    } else {
      answered(order, asking.once(request, random));
    }
    return order;
  }

  /** What the answer to a create says, and whether it may say so. */
  void answered(Order order, Asked asked) {
    order.answeredAt = Instant.now();
    if (asked.answer() == null) {
      return;
    }
    JsonObject body = asked.answer().body();
    String outcome = asked.answer().outcome();
    boolean made = asked.done();
    if (made && order.person.guest()) {
      order.bookingToken = body.getString("bookingToken");
      body = body.getJsonObject("booking");
    }
    // That it can't be told promises nothing.
    boolean told = made || asked.refused();
    String id = made ? body.getString("id") : body.getString("bookingId");
    if (told && id != null) {
      if (order.bookingId != null && !order.bookingId.equals(id)) {
        findings.add("The same key, another booking: %s now %s".formatted(order, body));
      }
      order.bookingId = id;
    }
    if (made) {
      promised(order, body);
    } else if (outcome.equals("503 upstream-unavailable")) {
      order.mayExist = asked.mayHaveHappened();
    } else if (asked.refused()) {
      boolean known =
          outcome.startsWith("402")
              || outcome.equals("404 booking-not-found")
              || outcome.equals("409 invalid-state");
      if (order.seenActive && !known) {
        findings.add("The same key, first made and then refused: %s %s".formatted(order, body));
      }
      order.refused = true;
      order.mayExist = asked.mayHaveHappened() || outcome.equals("409 invalid-state");
      refused(order, outcome, body);
    }
  }

  private void promised(Order order, JsonObject booking) {
    if (order.person.id == null) {
      order.person.id = UUID.fromString(booking.getString("customerId"));
    }
    boolean right =
        booking.getString("customerId").equals(order.person.id.toString())
            && booking.getString("sessionId").equals(order.slot.session.id.toString());
    if (!right) {
      findings.add(
          "A create answered with a booking that is not of it: %s %s".formatted(order, booking));
    }
    if (!Order.active(booking.getString("status"))) {
      findings.add(
          "A create answered 2xx with a booking that is over: %s %s".formatted(order, booking));
    }
    order.seen(booking);
  }

  private void refused(Order order, String outcome, JsonObject problem) {
    boolean right =
        switch (outcome) {
          case "404 session-not-found" -> order.slot.deletionAsked;
          // What its key is bound to was purged meanwhile.
          case "404 booking-not-found" -> order.slot.deletionAsked || order.person.deletionAsked;
          case "409 session-not-bookable" ->
              order.slot.mayHaveEnded() || order.person.deletionAsked;
          case "403 customer-banned" -> order.person.deletionAsked;
          case "409 already-booked" -> order.person.mayBeIn(order.slot, order);
          case "409 invalid-state" -> order.slot.mayHaveEnded() || order.person.deletionAsked;
          case "402 payment-declined" -> order.bookingId != null && mayDecline(order, problem);
          default -> true;
        };
    if (!right) {
      findings.add("Refused with %s for no reason: %s %s".formatted(outcome, problem, order));
    }
  }

  private static boolean mayDecline(Order order, JsonObject problem) {
    // Everybody has points; those who are not poor have money.
    return switch (problem.getString("reason")) {
      case "insufficient-funds" -> order.person.poor;
      case "insufficient-bonus" -> false;
      default -> true;
    };
  }

  /** The coach puts the customer on the session. */
  Order attend(Person person, Slot slot, Random random) {
    JsonObject body =
        new JsonObject()
            .put("companyId", scene.company.toString())
            .put("customerIds", new JsonArray().add(person.id.toString()));
    Asking.Request request =
        new Asking.Request(
            "attend",
            "POST",
            "/api/internal/sessions/" + slot.session.id + "/attendees",
            serviceToken,
            body.encode(),
            Map.of(),
            Set.of("200", "404 session-not-found", "409 session-not-bookable"));
    Order order = new Order(person, slot, request);
    order.attendee = true;
    order.mayExist = true;
    person.orders.add(order);
    Asked asked = asking.until(request, random);
    order.answeredAt = Instant.now();
    if (asked.done()) {
      JsonObject item = asked.answer().body().getJsonArray("items").getJsonObject(0);
      if (item.getString("problem") == null) {
        String id = item.getString("bookingId");
        Optional<Order> before =
            person.orders.stream().filter(o -> id.equals(o.bookingId)).findFirst();
        if (before.isPresent()) {
          // On the slot already: it stays the booking that it was.
          person.orders.remove(order);
          return before.get();
        }
        order.bookingId = id;
        order.seenSettled = true;
      }
    }
    orders.add(order);
    return order;
  }

  /** Somebody new finds a place where one is free, and none where none is. */
  void stranger(Slot slot, Books books, Random random) {
    long active =
        books
            .query("SELECT status FROM bookings.bookings WHERE session_id = ?", slot.session.id)
            .stream()
            .filter(row -> Order.active(row.get("status")))
            .count();
    Scene.Customer customer = scene.customer();
    Person stranger = new Person(customer.id(), customer.token(), null, false);
    JsonObject body = new JsonObject().put("paymentMethod", "ON_SITE");
    Asking.Request request =
        new Asking.Request(
            "stranger",
            "POST",
            slot.session.path(),
            stranger.token,
            body.encode(),
            Map.of(),
            OUTCOMES);
    Asked asked = asking.until(request, random);
    boolean right =
        slot.reopened
            ? asked.answer() != null
            : slot.open()
                ? asked.is(active < slot.capacity ? "201" : "409 session-full")
                : asked.is("409 session-not-bookable", "404 session-not-found");
    if (!right) {
      findings.add(
          "A stranger was answered %s, with %d active in %s"
              .formatted(asked.answer(), active, slot));
    }
  }
}
