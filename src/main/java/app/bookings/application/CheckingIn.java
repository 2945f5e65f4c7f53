package app.bookings.application;

import app.bookings.booking.Actor;
import app.bookings.booking.Booking;
import app.bookings.booking.GateCheck;
import app.bookings.platform.Clock;
import app.bookings.storage.BookingStore;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** Verifying somebody at the gate of a company (api.md, "Internal", check-in). */
@ApplicationScoped
public class CheckingIn {
  private final ChangingAtOnce changing;
  private final Clock clock;

  CheckingIn(ChangingAtOnce changing, Clock clock) {
    this.changing = changing;
    this.clock = clock;
  }

  /**
   * Lets them in; again by anyone: the first verifier is kept.
   *
   * @param companyId whose gate it is: to another company the booking is not there
   * @param userId who verified; null where a scanner's credential did
   * @param credentialId the scanner's; null where a user did
   * @return fails with {@code booking-not-found} or {@code invalid-state}
   */
  public Uni<Booking> checkIn(
      UUID bookingId, UUID companyId, UUID userId, UUID credentialId, Actor actor) {
    return changing.change(
        bookingId,
        booking -> {
          if (!booking.parties().companyId().equals(companyId)) {
            throw BookingStore.notFound();
          }
          GateCheck.checkIn(booking, userId, credentialId, actor, clock.now());
        });
  }
}
