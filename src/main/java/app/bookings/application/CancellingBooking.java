package app.bookings.application;

import app.bookings.booking.Actor;
import app.bookings.booking.Booking;
import app.bookings.neighbours.Deadline;
import app.bookings.platform.BookingsConfig;
import app.bookings.platform.Clock;
import app.bookings.settling.SettlementRunner;
import app.bookings.storage.BookingStore;
import app.bookings.storage.RequestRun;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Cancels for a customer and gives back what was taken (api.md, "Client", cancel). */
@ApplicationScoped
public class CancellingBooking {

  private final BookingStore bookings;
  private final SettlementRunner runner;
  private final BookingsConfig config;
  private final Clock clock;

  CancellingBooking(
      BookingStore bookings, SettlementRunner runner, BookingsConfig config, Clock clock) {
    this.bookings = bookings;
    this.runner = runner;
    this.config = config;
    this.clock = clock;
  }

  /**
   * Cancels and begins to give back.
   *
   * @param reason the customer's own words, or null
   * @return the booking as far as it got before the deadline; on one that is cancelled already
   *     nothing happens. Fails with {@code invalid-state} or {@code cancellation-window-closed}
   */
  public Uni<Booking> cancel(Booking booking, String reason, Actor actor, RequestRun run) {
    Deadline deadline = Deadline.in(config.requestDeadline());
    return bookings
        .change(booking, run, current -> current.cancel(reason, actor, clock.now()))
        .flatMap(cancelled -> runner.settleWithin(deadline, cancelled));
  }
}
