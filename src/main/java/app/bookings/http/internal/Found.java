package app.bookings.http.internal;

import app.bookings.booking.Booking;
import app.bookings.problem.Problem;
import app.bookings.problem.ProblemType;
import java.util.Optional;
import java.util.UUID;

/** A booking that must be there. */
final class Found {

  private Found() {}

  static Booking orNotFound(Optional<Booking> found) {
    return found.orElseThrow(Found::notFound);
  }

  /** To another company it is not there. */
  static void of(UUID companyId, Booking booking) {
    if (!booking.parties().companyId().equals(companyId)) {
      throw notFound();
    }
  }

  private static Problem notFound() {
    return Problem.of(ProblemType.BOOKING_NOT_FOUND, "There is no such booking.");
  }
}
