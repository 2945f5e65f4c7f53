package app.bookings.booking;

import static app.bookings.booking.BookingFixture.NOW;
import static app.bookings.booking.BookingFixture.booking;
import static org.assertj.core.api.Assertions.assertThat;

import app.bookings.problem.Problem;
import app.bookings.problem.ProblemType;
import app.bookings.settlement.PaymentMethod;
import app.bookings.testsupport.Fast;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When a customer may cancel (domain.md, "State machine", "Money"). */
@Fast
class CancellationTest {

  /** In minutes from now; none where there is no deadline. */
  @ParameterizedTest(name = "{0} {1} {2}, deadline {3}, start {4}: {5}")
  @CsvSource({
    // until the deadline, whatever was paid
    "CONFIRMED, ON_SITE, UNPAID, 1, 61, ",
    "CONFIRMED, ON_SITE, UNPAID, 0, 60, cancellation-window-closed",
    "CONFIRMED, ON_SITE, UNPAID, -1, 59, cancellation-window-closed",
    "CONFIRMED, WALLET, PAID, 1, 61, ",
    "CONFIRMED, WALLET, PAID, 0, 60, cancellation-window-closed",
    // without one, what cost nothing yet, until the start
    "CONFIRMED, ON_SITE, UNPAID, , 1, ",
    "CONFIRMED, ON_SITE, UNPAID, , 0, cancellation-window-closed",
    "CONFIRMED, FREE, NOT_REQUIRED, , 1, ",
    "CONFIRMED, FREE, NOT_REQUIRED, , 0, cancellation-window-closed",
    "CONFIRMED, WALLET, PAID, , 1, cancellation-window-closed",
    "CONFIRMED, ON_SITE, PAID, , 1, cancellation-window-closed",
    "CONFIRMED, PASS, NOT_REQUIRED, , 1, cancellation-window-closed",
    "CONFIRMED, PASS, UNPAID, , 1, cancellation-window-closed",
    // a hold is given up at any time
    "PENDING, CARD, UNPAID, -1, 59, ",
    "PENDING, CARD, UNPAID, , 1, ",
    "PENDING, PASS, UNPAID, , -1, ",
    // nothing else is the customer's to cancel
    "CHECKED_IN, ON_SITE, UNPAID, 1, 61, invalid-state",
    "PENDING_PAYMENT, WALLET, UNPAID, 1, 61, invalid-state",
    "CANCELLED, ON_SITE, UNPAID, 1, 61, invalid-state",
    "REFUNDED, WALLET, REFUNDED, 1, 61, invalid-state"
  })
  void aCustomerMayCancel(
      BookingStatus status,
      PaymentMethod method,
      PaymentState state,
      Integer deadline,
      int start,
      String refusal) {
    BookingFixture fixture =
        booking()
            .that(status)
            .startingAt(NOW.plus(Duration.ofMinutes(start)))
            .cancellableUntil(deadline == null ? null : NOW.plus(Duration.ofMinutes(deadline)));
    if (method == PaymentMethod.PASS) {
      fixture.absorbedBy(UUID.randomUUID());
    }
    Booking booking = fixture.by(method, state).build();
    assertThat(Cancellation.refusal(booking, NOW).map(problem -> problem.type().slug()))
        .isEqualTo(java.util.Optional.ofNullable(refusal));
  }

  @Test
  void aClosedWindowNamesItsEnd() {
    Booking booking = booking().cancellableUntil(NOW).build();
    Problem refusal = Cancellation.refusal(booking, NOW).orElseThrow();
    assertThat(refusal.type()).isEqualTo(ProblemType.CANCELLATION_WINDOW_CLOSED);
    assertThat(refusal.members()).containsEntry("deadline", NOW);
  }
}
