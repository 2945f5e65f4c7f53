package app.bookings.booking;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;

/** How many bookings came into which status, and why (quality.md, "Operations"). */
@ApplicationScoped
class StatusChanges {

  private static final String NOT_CHOSEN = "none";

  private final MeterRegistry registry;

  StatusChanges(MeterRegistry registry) {
    this.registry = registry;
  }

  /** Counts what was written of it just now. */
  void count(Booking booking) {
    booking.unwritten.told.stream()
        .filter(change -> change.transition() != null)
        .forEach(change -> counter(booking, change.transition()).increment());
  }

  private Counter counter(Booking booking, Transition transition) {
    return Counter.builder("bookings.status.changes")
        .description("bookings that came into a status")
        .tag("status", transition.to().name())
        .tag("cause", transition.cause())
        .tag("method", booking.paymentMethod == null ? NOT_CHOSEN : booking.paymentMethod.name())
        .register(registry);
  }
}
