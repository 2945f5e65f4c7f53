package app.bookings.booking;

import static app.bookings.booking.BookingFixture.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import app.bookings.testsupport.Fast;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What a transition leaves of where a booking was. */
@Fast
class LifecycleTest {

  private static final Instant LATER = NOW.plus(Duration.ofMinutes(1));

  private static Lifecycle cancelled() {
    return Lifecycle.beginning(BookingSource.SELF_BOOKED, NOW)
        .after(Transition.HOLD, NOW)
        .heldUntil(LATER)
        .after(Transition.HOLD_EXPIRED, NOW)
        .because(Transition.HOLD_EXPIRED, "hold-expired");
  }

  /** Only what is over was cancelled, at its time and for its reason; no hold outlives a change. */
  @ParameterizedTest
  @EnumSource(Transition.class)
  void afterATransition(Transition transition) {
    Lifecycle after = cancelled().after(transition, LATER);
    assertThat(after.status()).isEqualTo(transition.to());
    assertThat(after.updatedAt()).isEqualTo(LATER);
    assertThat(after.createdAt()).isEqualTo(NOW);
    assertThat(after.holdExpiresAt()).isNull();
    switch (transition.to()) {
      case CANCELLED -> {
        assertThat(after.cancelledAt()).isEqualTo(LATER);
        assertThat(after.cancelReason()).isEqualTo("hold-expired");
      }
      case REFUNDED -> {
        assertThat(after.cancelledAt()).isEqualTo(NOW);
        assertThat(after.cancelledBy(Transition.HOLD_EXPIRED)).isTrue();
      }
      default -> {
        assertThat(after.cancelledAt()).isNull();
        assertThat(after.cancelReason()).isNull();
        assertThat(after.cancelCause()).isNull();
      }
    }
  }

  /** At the instant of its end a hold is over. */
  @ParameterizedTest
  @CsvSource({
    "PENDING, 1, false",
    "PENDING, 0, true",
    "PENDING, -1, true",
    "CONFIRMED, -1, false",
  })
  void aHoldExpires(BookingStatus status, int seconds, boolean expired) {
    Booking booking =
        BookingFixture.booking().that(status).heldUntil(NOW.plusSeconds(seconds)).build();
    assertThat(booking.lifecycle().holdHasExpired(NOW)).isEqualTo(expired);
  }
}
