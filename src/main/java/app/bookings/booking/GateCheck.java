package app.bookings.booking;

import app.bookings.problem.Problem;
import app.bookings.problem.ProblemType;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/** Who is let in (api.md, "Internal", check-in). */
public final class GateCheck {

  /** Before the start and after the end. */
  private static final Duration OPEN = Duration.ofHours(24);

  private GateCheck() {}

  /**
   * Verified at the gate, by a user or by a scanner's credential; again: the first is kept.
   *
   * @throws Problem {@code invalid-state}
   */
  public static void checkIn(
      Booking booking, UUID userId, UUID credentialId, Actor actor, Instant now) {
    if (booking.gate().passed() && booking.status().active()) {
      return;
    }
    SessionSnapshot session = booking.session();
    if (now.isBefore(session.startsAt().minus(OPEN)) || now.isAfter(session.endsAt().plus(OPEN))) {
      throw Problem.of(
          ProblemType.INVALID_STATE,
          "The gate opens a day before the start and closes a day after.");
    }
    booking.take(Transition.VERIFIED_AT_GATE, actor, now);
    booking.becomes(new Gate(now, userId, credentialId), now);
  }

  /** Whether a review may be written: attended, or not cancelled, and the session is over. */
  public static boolean mayReview(Booking booking, Instant now) {
    boolean there =
        booking.status() == BookingStatus.CONFIRMED || booking.status() == BookingStatus.CHECKED_IN;
    return there && !now.isBefore(booking.session().endsAt());
  }
}
