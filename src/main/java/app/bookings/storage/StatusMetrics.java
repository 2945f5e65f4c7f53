package app.bookings.storage;

import app.bookings.booking.Booking;
import app.bookings.booking.Transition;
import app.bookings.platform.LogContext;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/**
 * How many bookings entered which status, and why (operating.md, "Where to look"). What is changed
 * without a caller, such as what recovery repairs, is told in the log.
 */
@ApplicationScoped
class StatusMetrics {

  private static final Logger LOG = Logger.getLogger(StatusMetrics.class);
  private static final String NOT_CHOSEN = "none";

  private final MeterRegistry registry;

  StatusMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  /** Counts what was written of it just now. */
  void count(Booking booking) {
    String work = LogContext.work();
    if (work != null) {
      booking.pending().all().stream()
          .filter(change -> change.transition() != null)
          .forEach(
              change ->
                  LOG.infof(
                      "Booking %s: from %s to %s (%s), by %s",
                      booking.id(),
                      change.from(),
                      change.transition().to(),
                      change.transition().cause(),
                      work));
    }
    booking.pending().all().stream()
        .filter(change -> change.transition() != null)
        .forEach(change -> counter(booking, change.transition()).increment());
  }

  private Counter counter(Booking booking, Transition transition) {
    return Counter.builder("bookings.status.changes")
        .description("bookings that came into a status")
        .tag("status", transition.to().name())
        .tag("cause", transition.cause())
        .tag(
            "method",
            booking.payment().method() == null ? NOT_CHOSEN : booking.payment().method().name())
        .register(registry);
  }
}
