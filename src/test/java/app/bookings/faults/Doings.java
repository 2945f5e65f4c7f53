package app.bookings.faults;

import app.bookings.faults.Asking.Asked;
import app.bookings.testsupport.Bookings;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What is asked of a booking that is there; what is answered is written into the model. */
final class Doings {

  private static final Set<String> PAYS =
      Set.of("200", "202", "402 payment-declined", "404 booking-not-found", "409 invalid-state");
  private static final Set<String> CHANGES =
      Set.of("200", "202", "404 booking-not-found", "409 invalid-state");

  private final Asking asking;
  private final String serviceToken;
  private final UUID company;
  private final Findings findings;
  private final ConcurrentLinkedQueue<Asking.Request> keyed = new ConcurrentLinkedQueue<>();

  Doings(Asking asking, String serviceToken, UUID company, Findings findings) {
    this.company = company;
    this.asking = asking;
    this.serviceToken = serviceToken;
    this.findings = findings;
  }

  /** Pays and cancels with a key that had a definite answer. */
  ConcurrentLinkedQueue<Asking.Request> keyed() {
    return keyed;
  }

  void pay(Order order, JsonObject body, Random random) {
    Asking.Request request = own(order, "pay", "/pay", body, PAYS, random);
    Asked asked = noted(request, asking.until(request, random));
    mayBeGone(order, asked);
    if (asked.done()) {
      order.seen(asked.answer().body());
    }
  }

  void cancel(Order order, Random random) {
    boolean before = order.endAsked;
    order.endAsked = true;
    Asking.Request request = own(order, "cancel", "/cancel", null, CHANGES, random);
    Asked asked = noted(request, asking.untilTired(request, random));
    mayBeGone(order, asked);
    order.ended |= asked.done();
    order.endAsked = before || asked.mayHaveHappened();
    if (asked.done() && Order.active(asked.answer().text("status"))) {
      findings.add("Cancelled, and still active: %s %s".formatted(order, asked.answer().body()));
    }
  }

  void read(Order order, Random random) {
    Asking.Request request =
        new Asking.Request(
            "read",
            "GET",
            path(order),
            order.person.token,
            null,
            token(order),
            Set.of("200", "404 booking-not-found"));
    Asked asked = asking.until(request, random);
    mayBeGone(order, asked);
    if (asked.done()) {
      JsonObject booking = asked.answer().body();
      if (order.ended && Order.active(booking.getString("status"))) {
        findings.add("It was ended, and is active: %s %s".formatted(order, booking));
      }
      order.seen(booking);
    }
  }

  void settleOnSite(Order order, Random random) {
    Asked asked = change("settle-on-site", order, new JsonObject(), random);
    order.seenPaid |= asked.done();
  }

  void checkIn(Order order, Random random) {
    JsonObject verifier =
        new JsonObject()
            .put("companyId", company.toString())
            .put("verifierUserId", UUID.randomUUID().toString());
    order.checkedIn |= change("check-in", order, verifier, random).done();
  }

  void waive(Order order, Random random) {
    boolean before = order.endAsked;
    order.endAsked = true;
    Asked asked = change("waive", order, new JsonObject().put("reason", "a storm"), random);
    order.ended |= asked.done();
    order.endAsked = before || asked.mayHaveHappened();
  }

  private Asked change(String what, Order order, JsonObject body, Random random) {
    String path = "bookings/" + order.bookingId + "/" + what;
    Asked asked = asking.until(internal(what, path, body, CHANGES), random);
    mayBeGone(order, asked);
    if (asked.done()) {
      order.seen(asked.answer().body());
    }
    return asked;
  }

  private void mayBeGone(Order order, Asked asked) {
    // The token of a guest who has signed up opens nothing any more.
    boolean signedUp = order.person.guest() && order.person.linkedTo != null;
    if (asked.is("404 booking-not-found") && !order.mayBeGone() && !signedUp) {
      findings.add("It was promised and can't be found: %s".formatted(order));
    }
  }

  private Asking.Request internal(String name, String path, JsonObject body, Set<String> expected) {
    return new Asking.Request(
        name, "POST", "/api/internal/" + path, serviceToken, body.encode(), Map.of(), expected);
  }

  private Asking.Request own(
      Order order, String name, String what, JsonObject body, Set<String> expected, Random random) {
    Map<String, String> headers = new HashMap<>(token(order));
    headers.putAll(key(random));
    return new Asking.Request(
        name,
        "POST",
        path(order) + what,
        order.person.token,
        body == null ? null : body.encode(),
        headers,
        expected);
  }

  private Asked noted(Asking.Request request, Asked asked) {
    if (asked.done() || asked.refused()) {
      keyed.add(request);
    }
    return asked;
  }

  private static String path(Order order) {
    return order.person.guest()
        ? "/api/client/guest/bookings/" + order.bookingId
        : Bookings.one(order.bookingId);
  }

  private static Map<String, String> token(Order order) {
    return order.person.guest() ? Map.of("Booking-Token", order.bookingToken) : Map.of();
  }

  static Map<String, String> key(Random random) {
    return Map.of("Idempotency-Key", new UUID(random.nextLong(), random.nextLong()).toString());
  }
}
