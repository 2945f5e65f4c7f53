package app.bookings.booking;

import static app.bookings.booking.BookingFixture.NOW;
import static app.bookings.booking.BookingFixture.booking;
import static org.assertj.core.api.Assertions.assertThat;

import app.bookings.testsupport.Fast;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A session has new times, and its active bookings get them. */
@Fast
class ReschedulingTest {

  private static final Instant START = NOW.plus(Duration.ofDays(3));
  private static final Instant END = START.plus(Duration.ofHours(2));

  @ParameterizedTest
  @EnumSource(BookingStatus.class)
  void anActiveBookingGetsTheNewTimes(BookingStatus status) {
    Booking booking = booking().that(status).build();
    SessionSnapshot before = booking.session();
    Rescheduling.reschedule(booking, START, END, Actor.SERVICE, NOW);
    if (status.active()) {
      assertThat(booking.session().startsAt()).isEqualTo(START);
      assertThat(booking.session().endsAt()).isEqualTo(END);
      // the deadline keeps its distance
      assertThat(booking.session().cancellationDeadline())
          .isEqualTo(START.minus(Duration.ofHours(1)));
      assertThat(booking.pending().all())
          .extracting(Change::event)
          .containsExactly(OutboundEvent.RESCHEDULED);
    } else {
      assertThat(booking.session()).isEqualTo(before);
      assertThat(booking.pending().any()).isFalse();
    }
    assertThat(booking.status()).isEqualTo(status);
  }

  @Test
  void theSameTimesAreNoNews() {
    Booking booking = booking().build();
    SessionSnapshot session = booking.session();
    Rescheduling.reschedule(booking, session.startsAt(), session.endsAt(), Actor.SERVICE, NOW);
    assertThat(booking.pending().any()).isFalse();
    Instant longer = session.endsAt().plusSeconds(1);
    Rescheduling.reschedule(booking, session.startsAt(), longer, Actor.SERVICE, NOW);
    assertThat(booking.session().endsAt()).isEqualTo(longer);
  }

  @Test
  void whereThereIsNoDeadlineThereIsNoneAfterwards() {
    Booking booking = booking().cancellableUntil(null).build();
    Rescheduling.reschedule(booking, START, END, Actor.SERVICE, NOW);
    assertThat(booking.session().cancellationDeadline()).isNull();
  }
}
