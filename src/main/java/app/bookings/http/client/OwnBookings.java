package app.bookings.http.client;

import app.bookings.booking.Booking;
import app.bookings.problem.Problem;
import app.bookings.problem.ProblemType;
import app.bookings.storage.BookingStore;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** A customer's own bookings: to everybody else they are not there (api.md, "Callers"). */
@ApplicationScoped
class OwnBookings {

  private final BookingStore bookings;

  OwnBookings(BookingStore bookings) {
    this.bookings = bookings;
  }

  /** The booking; fails with {@code booking-not-found} when it is another's or not there. */
  Uni<Booking> one(UUID userId, UUID bookingId) {
    return bookings
        .findVisible(bookingId)
        .map(
            found ->
                found
                    .filter(booking -> userId.equals(booking.parties().userId()))
                    .orElseThrow(
                        () ->
                            Problem.of(
                                ProblemType.BOOKING_NOT_FOUND, "You have no such booking.")));
  }
}
