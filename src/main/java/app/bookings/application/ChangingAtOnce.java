package app.bookings.application;

import app.bookings.booking.Booking;
import app.bookings.database.DatabaseUnavailable;
import app.bookings.platform.BookingsConfig;
import app.bookings.problem.Problem;
import app.bookings.settling.SettlementRunner;
import app.bookings.storage.BookingStore;
import app.bookings.storage.RequestRun;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Consumer;

/** A change of a booking that moves nothing before it is answered; what follows goes on beside. */
@ApplicationScoped
class ChangingAtOnce {
  private final BookingStore bookings;
  private final SettlementRunner runner;
  private final Duration patience;

  ChangingAtOnce(BookingStore bookings, SettlementRunner runner, BookingsConfig config) {
    this.bookings = bookings;
    this.runner = runner;
    this.patience = config.requestDeadline();
  }

  /**
   * Changes it, within the request deadline. Fails with {@code booking-not-found}, with what the
   * change refuses, or with what can be said of the write when the time is up.
   */
  Uni<Booking> change(UUID bookingId, Consumer<Booking> change) {
    RequestRun run = RequestRun.withoutKey();
    return bookings
        .requireVisible(bookingId)
        .flatMap(booking -> bookings.change(booking, run, change))
        .ifNoItem()
        .after(patience)
        .failWith(() -> run.unfinished(null))
        .onFailure(DatabaseUnavailable.class)
        .transform(failure -> run.unfinished((Problem) failure))
        .invoke(runner::settleInBackground);
  }
}
