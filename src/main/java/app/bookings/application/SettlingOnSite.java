package app.bookings.application;

import app.bookings.booking.Actor;
import app.bookings.booking.Booking;
import app.bookings.booking.OnSitePayment;
import app.bookings.platform.Clock;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** What staff settle at the desk (api.md, "Internal"). */
@ApplicationScoped
public class SettlingOnSite {
  private final ChangingAtOnce changing;
  private final Clock clock;

  SettlingOnSite(ChangingAtOnce changing, Clock clock) {
    this.changing = changing;
    this.clock = clock;
  }

  /** Staff took the money; fails with {@code booking-not-found} or {@code invalid-state}. */
  public Uni<Booking> settle(UUID bookingId, Actor actor) {
    return changing.change(bookingId, booking -> OnSitePayment.settle(booking, actor, clock.now()));
  }

  /** What is owed is forgiven; fails with {@code booking-not-found} or {@code invalid-state}. */
  public Uni<Booking> waive(UUID bookingId, String reason, Actor actor) {
    return changing.change(
        bookingId, booking -> OnSitePayment.waive(booking, reason, actor, clock.now()));
  }
}
