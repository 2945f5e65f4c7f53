package app.bookings.settling;

import app.bookings.booking.Booking;
import app.bookings.settlement.Settlement;
import io.quarkus.arc.DefaultBean;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Told of every step. Does nothing; tests put one in its place that lets rivals in or the work end,
 * so that races and crashes are tried at each step and not hoped for.
 */
@DefaultBean
@ApplicationScoped
public class Steps {

  /** The work goes on when this completes, and ends as in a crash when it fails. */
  public Uni<Void> reached(Step step, Booking booking, Settlement settlement) {
    return Uni.createFrom().voidItem();
  }
}
