package app.bookings.faults;

import app.bookings.faults.Asking.Asked;
import io.vertx.core.json.JsonObject;
import java.util.Collection;
import java.util.Random;

/** Every key that had an answer is used once more, when all is over. */
final class Replays {

  private final Asking asking;
  private final Findings findings;
  private final Random random;

  Replays(Asking asking, Findings findings, Random random) {
    this.asking = asking;
    this.findings = findings;
    this.random = random;
  }

  /** The same booking as before, or the word that it is gone. */
  void creates(Collection<Order> orders, Creating creating) {
    for (Order order : orders) {
      boolean answered = order.bookingId != null || order.refused;
      if (order.keyed() && answered) {
        Asking.Request again = order.create.orGone();
        Asked asked = asking.until(again, random);
        if (asked.is("404 booking-not-found")) {
          if (!order.mayBeGone()) {
            findings.add("Its key says it is gone: %s".formatted(order));
          }
        } else if (asked.done() && order.bookingId != null) {
          same(order, asked.answer().body());
        } else {
          creating.answered(order, asked);
        }
      }
    }
  }

  private void same(Order order, JsonObject body) {
    JsonObject booking = order.person.guest() ? body.getJsonObject("booking") : body;
    if (!order.bookingId.equals(booking.getString("id"))) {
      findings.add("The same key, another booking: %s now %s".formatted(order, body));
    }
  }

  void others(Collection<Asking.Request> requests) {
    requests.forEach(request -> asking.until(request, random));
  }
}
