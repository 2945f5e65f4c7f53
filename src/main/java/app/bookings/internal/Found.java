package app.bookings.internal;

import app.bookings.booking.Booking;
import app.bookings.problem.Problem;
import app.bookings.problem.ProblemType;
import java.util.Optional;

/** A booking that must be there. */
final class Found {

  private Found() {}

  static Booking orNotFound(Optional<Booking> found) {
    return found.orElseThrow(
        () -> Problem.of(ProblemType.BOOKING_NOT_FOUND, "There is no such booking."));
  }
}
