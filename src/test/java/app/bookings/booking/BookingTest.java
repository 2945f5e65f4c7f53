package app.bookings.booking;

import static app.bookings.booking.BookingFixture.NOW;
import static app.bookings.booking.BookingFixture.booking;
import static org.assertj.core.api.Assertions.assertThat;

import app.bookings.settlement.PaymentMethod;
import app.bookings.settlement.Settlement;
import app.bookings.settlement.SettlementKind;
import app.bookings.settlement.SettlementState;
import app.bookings.testsupport.Fast;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What ends a booking, what is written of it, and that a copy is its own. */
@Fast
class BookingTest {

  private static final Actor CUSTOMER = Actor.user(UUID.randomUUID());
  private static final Instant LEASE_ENDS = NOW.plusSeconds(30);

  @Test
  void whoCancelsIsTold() {
    Booking booking = booking().build();
    booking.cancel("ill", CUSTOMER, NOW);
    assertThat(booking.status()).isEqualTo(BookingStatus.CANCELLED);
    assertThat(booking.lifecycle().cancelReason()).isEqualTo("ill");
    assertThat(booking.lifecycle().cancelCause()).isEqualTo("CANCELLED_BY_CUSTOMER");
    assertThat(booking.pending().all())
        .containsExactly(
            new Change(
                Transition.CANCELLED_BY_CUSTOMER,
                OutboundEvent.CANCELLED,
                BookingStatus.CONFIRMED,
                CUSTOMER,
                NOW));
  }

  @Test
  void whatIsOverIsCancelledOnce() {
    Booking refunded = booking().that(BookingStatus.REFUNDED).build();
    refunded.cancel("again", CUSTOMER, NOW);
    Booking cancelled = booking().cancelledBy(Transition.SESSION_CANCELLED).build();
    cancelled.cancel("again", CUSTOMER, NOW);
    assertThat(refunded.pending().any()).isFalse();
    assertThat(cancelled.pending().any()).isFalse();
    assertThat(cancelled.lifecycle().cancelReason()).isEqualTo("session-cancelled");
  }

  /** They do not want the place any more, whatever becomes of their payment. */
  @Test
  void aHoldThatRanOutDoesNotComeBackOnceItIsCancelled() {
    Booking booking = booking().cancelledBy(Transition.HOLD_EXPIRED).build();
    booking.cancel("no more", CUSTOMER, NOW);
    assertThat(booking.lifecycle().cancelCause()).isEqualTo("CANCELLED_BY_CUSTOMER");
    assertThat(booking.lifecycle().cancelReason()).isEqualTo("hold-expired");
    assertThat(booking.pending().any()).isTrue();
    assertThat(booking.pending().all()).isEmpty();
  }

  @Test
  void whatMayNotBeCancelledStays() {
    Booking booking = booking().checkedIn().build();
    Refusals.invalidState(booking, () -> booking.cancel("no", CUSTOMER, NOW));
  }

  @ParameterizedTest
  @EnumSource(BookingStatus.class)
  void aSessionThatIsCalledOffEndsWhatIsActive(BookingStatus status) {
    Booking booking = booking().that(status).build();
    booking.endBecause(Transition.SESSION_CANCELLED, Actor.SERVICE, NOW);
    if (status.active()) {
      assertThat(booking.status()).isEqualTo(BookingStatus.CANCELLED);
      assertThat(booking.lifecycle().cancelReason()).isEqualTo("session-cancelled");
    } else {
      assertThat(booking.pending().any()).isFalse();
    }
  }

  @Test
  void aHoldIsGivenUpWhenItHasRunOut() {
    Booking held =
        booking()
            .that(BookingStatus.PENDING)
            .by(PaymentMethod.CARD, PaymentState.UNPAID)
            .charged(SettlementKind.CARD_PAYMENT, SettlementState.AWAITING)
            .heldUntil(NOW)
            .build();
    held.expire(NOW.minusSeconds(1));
    assertThat(held.pending().any()).isFalse();
    held.expire(NOW);
    assertThat(held.status()).isEqualTo(BookingStatus.CANCELLED);
    assertThat(held.lifecycle().cancelledBy(Transition.HOLD_EXPIRED)).isTrue();
    assertThat(held.settlements().all())
        .extracting(Settlement::state)
        .containsExactly(SettlementState.UNDO_DUE);
  }

  @Test
  void whatIsWrittenIsTheHoldersAndPendingNoMore() {
    Booking booking =
        ReservationTest.reservation(PaymentMethod.WALLET, null, "25.00", PaymentMethod.WALLET)
            .place(CUSTOMER, NOW);
    assertThat(booking.lease(LEASE_ENDS, "trace"))
        .singleElement()
        .satisfies(
            s -> {
              assertThat(s.dueAt()).isEqualTo(LEASE_ENDS);
              assertThat(s.traceparent()).isEqualTo("trace");
            });
    booking.written(7);
    assertThat(booking.lifecycle().version()).isEqualTo(7);
    assertThat(booking.pending().any()).isFalse();
    assertThat(booking.pending().all()).isEmpty();
    assertThat(booking.pending().settlements()).isEmpty();
    assertThat(booking.settlements().all()).allMatch(booking.leases()::hold);
    assertThat(booking.lease(LEASE_ENDS, null)).isEmpty();
  }

  @Test
  void aCopyIsItsOwn() {
    Booking booking = booking().charged(SettlementKind.WALLET_DEBIT, SettlementState.DUE).build();
    Booking copy = booking.copy();
    copy.cancel("ill", CUSTOMER, NOW);
    copy.leases().wrote(copy.settlements().all().get(0).claimed());
    assertThat(booking.status()).isEqualTo(BookingStatus.CONFIRMED);
    assertThat(booking.pending().any()).isFalse();
    assertThat(booking.settlements().all()).allMatch(booking.leases()::hold);
    assertThat(copy.id()).isEqualTo(booking.id());
  }
}
