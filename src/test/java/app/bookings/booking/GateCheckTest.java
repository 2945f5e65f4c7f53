package app.bookings.booking;

import static app.bookings.booking.BookingFixture.NOW;
import static app.bookings.booking.BookingFixture.booking;
import static org.assertj.core.api.Assertions.assertThat;

import app.bookings.testsupport.Fast;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Who is let in, and who may write a review. */
@Fast
class GateCheckTest {

  private static final UUID VERIFIER = UUID.randomUUID();
  private static final Actor GATE = Actor.user(VERIFIER);

  /** A session of an hour that starts this many minutes from now. */
  @ParameterizedTest(name = "start in {0} minutes: {1}")
  @CsvSource({
    "1441, false",
    "1440, true",
    "0, true",
    "-1500, true",
    "-1501, false",
  })
  void theGateIsOpen(int start, boolean open) {
    Booking booking = booking().startingAt(NOW.plus(Duration.ofMinutes(start))).build();
    if (open) {
      GateCheck.checkIn(booking, VERIFIER, null, GATE, NOW);
      assertThat(booking.status()).isEqualTo(BookingStatus.CHECKED_IN);
      assertThat(booking.gate()).isEqualTo(new Gate(NOW, VERIFIER, null));
    } else {
      Refusals.invalidState(booking, () -> GateCheck.checkIn(booking, VERIFIER, null, GATE, NOW));
    }
  }

  @ParameterizedTest
  @EnumSource(BookingStatus.class)
  void onlyAConfirmedBookingIsLetIn(BookingStatus status) {
    Booking booking = booking().that(status).startingAt(NOW).build();
    if (status == BookingStatus.CONFIRMED) {
      GateCheck.checkIn(booking, null, VERIFIER, GATE, NOW);
      assertThat(booking.gate().passed()).isTrue();
      assertThat(booking.gate().verifierScannerCredentialId()).isEqualTo(VERIFIER);
    } else {
      Refusals.invalidState(booking, () -> GateCheck.checkIn(booking, null, VERIFIER, GATE, NOW));
    }
  }

  @Test
  void whoIsLetInAgainStaysAsTheyWere() {
    Booking booking = booking().checkedIn().build();
    Gate first = booking.gate();
    Instant muchLater = NOW.plus(Duration.ofDays(9));
    GateCheck.checkIn(booking, UUID.randomUUID(), null, GATE, muchLater);
    assertThat(booking.gate()).isEqualTo(first);
    assertThat(booking.pending().any()).isFalse();
  }

  @Test
  void whoWasLetInAndIsCancelledIsNotLetInAgain() {
    Booking booking =
        booking().checkedIn().cancelledBy(Transition.SESSION_CANCELLED).startingAt(NOW).build();
    Refusals.invalidState(booking, () -> GateCheck.checkIn(booking, VERIFIER, null, GATE, NOW));
  }

  /** A session of an hour. */
  @ParameterizedTest(name = "{0}, started {1} minutes ago: {2}")
  @CsvSource({
    "CONFIRMED, 59, false",
    "CONFIRMED, 60, true",
    "CHECKED_IN, 60, true",
    "CHECKED_IN, 59, false",
    "PENDING, 61, false",
    "PENDING_PAYMENT, 61, false",
    "CANCELLED, 61, false",
    "REFUNDED, 61, false"
  })
  void aReviewMayBeWritten(BookingStatus status, int started, boolean may) {
    Booking booking =
        booking().that(status).startingAt(NOW.minus(Duration.ofMinutes(started))).build();
    assertThat(GateCheck.mayReview(booking, NOW)).isEqualTo(may);
  }
}
