package app.bookings.booking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import app.bookings.problem.Problem;
import app.bookings.problem.ProblemType;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Holds a refusal against what is promised of every refusal. */
final class Refusals {

  private Refusals() {}

  /** The deed is refused with {@code invalid-state}, and nothing of the booking has changed. */
  static void invalidState(Booking booking, ThrowingCallable deed) {
    BookingStatus before = booking.status();
    assertThat(catchThrowableOfType(Problem.class, deed))
        .isNotNull()
        .extracting(Problem::type)
        .isEqualTo(ProblemType.INVALID_STATE);
    assertThat(booking.status()).isEqualTo(before);
    assertThat(booking.pending().any()).isFalse();
  }
}
