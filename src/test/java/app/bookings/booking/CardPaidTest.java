package app.bookings.booking;

import static app.bookings.booking.BookingFixture.NOW;
import static app.bookings.booking.BookingFixture.booking;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.bookings.settlement.Occasion;
import app.bookings.settlement.Outcome;
import app.bookings.settlement.PaymentMethod;
import app.bookings.settlement.Settlement;
import app.bookings.settlement.SettlementKind;
import app.bookings.settlement.SettlementState;
import app.bookings.testsupport.Fast;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A card payment has succeeded: it stands, is too much, brings the booking back, or is late. */
@Fast
class CardPaidTest {

  private static final Reseat FREE_PLACE = new Reseat(true, true, null, null);

  /** A hold that ran out while its checkout was open. */
  private static BookingFixture expired() {
    return booking()
        .by(PaymentMethod.CARD, PaymentState.UNPAID)
        .cancelledBy(Transition.HOLD_EXPIRED)
        .charged(SettlementKind.CARD_PAYMENT, SettlementState.UNDO_DUE);
  }

  /** The first card payment succeeds. */
  private static void pay(Booking booking, Reseat reseat) {
    UUID payment =
        booking
            .settlements()
            .charges()
            .filter(s -> s.kind() == SettlementKind.CARD_PAYMENT)
            .findFirst()
            .orElseThrow()
            .id();
    booking.record(payment, new Outcome.Moved(), reseat, Actor.SERVICE, NOW);
  }

  @Test
  void oneThatWasToBeReplacedStandsAndTheOtherIsDropped() {
    Booking booking =
        booking()
            .that(BookingStatus.PENDING)
            .by(PaymentMethod.CARD, PaymentState.UNPAID)
            .charged(SettlementKind.CARD_PAYMENT, SettlementState.UNDO_DUE)
            .charged(SettlementKind.CARD_PAYMENT, SettlementState.DUE, Occasion.PAY, 2)
            .build();
    pay(booking, Reseat.NO);
    assertThat(booking.settlements().all())
        .extracting(Settlement::state)
        .containsExactly(SettlementState.DONE, SettlementState.UNDO_DUE);
    assertThat(booking.payment().cardPaymentId())
        .isEqualTo(booking.settlements().all().get(0).id());
    // confirmed once the other is known not to have moved, or is back
    assertThat(booking.status()).isEqualTo(BookingStatus.PENDING);
    UUID other = booking.settlements().all().get(1).id();
    booking.record(other, new Outcome.GivenBack(), Reseat.NO, Actor.SERVICE, NOW);
    assertThat(booking.status()).isEqualTo(BookingStatus.CONFIRMED);
    assertThat(booking.payment().method()).isEqualTo(PaymentMethod.CARD);
  }

  /** A debt is paid: the event alone tells of it, or the status does. */
  @ParameterizedTest
  @CsvSource({
    "CONFIRMED, CONFIRMED",
    "CHECKED_IN, CHECKED_IN",
    "PENDING_PAYMENT, CONFIRMED",
  })
  void itPaysADebt(BookingStatus status, BookingStatus then) {
    Booking booking =
        booking()
            .that(status)
            .by(PaymentMethod.WALLET, PaymentState.UNPAID)
            .charged(SettlementKind.CARD_PAYMENT, SettlementState.AWAITING, Occasion.PAY, 1)
            .build();
    pay(booking, Reseat.NO);
    assertThat(booking.status()).isEqualTo(then);
    assertThat(booking.payment().state()).isEqualTo(PaymentState.PAID);
    assertThat(booking.payment().method()).isEqualTo(PaymentMethod.CARD);
    assertThat(booking.pending().all())
        .extracting(Change::event)
        .containsExactly(OutboundEvent.PAID);
  }

  /** The booking stays as paid as it was; a guest's goes to the card. */
  @ParameterizedTest
  @CsvSource({"false, REFUND_REQUEST", "true, CARD_REFUND"})
  void whatWasPaidOtherwiseMeanwhileIsTooMuch(boolean guest, SettlementKind back) {
    BookingFixture fixture = booking();
    if (guest) {
      fixture.ofAGuest();
    }
    Booking booking =
        fixture
            .by(PaymentMethod.ON_SITE, PaymentState.PAID)
            .charged(SettlementKind.CARD_PAYMENT, SettlementState.UNDO_DUE, Occasion.PAY, 1)
            .build();
    pay(booking, Reseat.NO);
    assertThat(booking.settlements().all())
        .extracting(Settlement::kind)
        .containsExactly(SettlementKind.CARD_PAYMENT, back);
    assertThat(booking.payment().state()).isEqualTo(PaymentState.PAID);
    assertThat(booking.settlements().kept()).isEmpty();
  }

  @Test
  void aHoldThatRanOutComesBack() {
    Booking booking = expired().build();
    pay(booking, FREE_PLACE);
    assertThat(booking.status()).isEqualTo(BookingStatus.CONFIRMED);
    assertThat(booking.payment().state()).isEqualTo(PaymentState.PAID);
    assertThat(booking.lifecycle().cancelledAt()).isNull();
    assertThat(booking.pending().all())
        .extracting(Change::transition)
        .containsExactly(Transition.PAID_AFTER_HOLD_EXPIRED);
  }

  @Test
  void itComesBackToTheTimesThatTheSessionHasNow() {
    Instant start = NOW.plus(Duration.ofDays(5));
    Booking booking = expired().startingAt(NOW.minusSeconds(1)).build();
    pay(booking, new Reseat(true, true, start, start.plusSeconds(60)));
    assertThat(booking.status()).isEqualTo(BookingStatus.CONFIRMED);
    assertThat(booking.session().startsAt()).isEqualTo(start);
    assertThat(booking.pending().all())
        .extracting(Change::event)
        .containsExactly(OutboundEvent.CONFIRMED, OutboundEvent.RESCHEDULED);
  }

  /** What keeps a booking from coming back, each alone. */
  static Map<String, UnaryOperator<BookingFixture>> obstacles() {
    return Map.of(
        "the customer cancelled",
        expired -> expired.cancelledBy(Transition.CANCELLED_BY_CUSTOMER),
        "it was declined",
        expired -> expired.cancelledBy(Transition.DECLINED),
        "its session was deleted",
        BookingFixture::deleted,
        "a pass was to absorb it",
        expired -> expired.charged(SettlementKind.PASS_REDEMPTION, SettlementState.UNDONE),
        "the payment is not all of it",
        expired -> expired.with(1, "3.50"),
        "it was refunded already",
        expired -> expired.that(BookingStatus.REFUNDED));
  }

  static java.util.Set<String> names() {
    return obstacles().keySet();
  }

  /** Nobody has to look at the session then. */
  @ParameterizedTest
  @MethodSource("names")
  void itDoesNotComeBackWhere(String obstacle) {
    Booking booking = obstacles().get(obstacle).apply(expired()).build();
    pay(booking, Reseat.UNKNOWN);
    assertThat(booking.status().active()).isFalse();
    assertThat(booking.payment().state()).isEqualTo(PaymentState.REFUND_PENDING);
    assertThat(booking.settlements().has(SettlementKind.REFUND_REQUEST)).isTrue();
  }

  /** Paid once more when all was back: that goes back too, and the booking stays REFUNDED. */
  @Test
  void whatIsLateAfterAllWasRefundedIsRefundedToo() {
    Booking booking = expired().that(BookingStatus.REFUNDED).build();
    pay(booking, Reseat.NO);
    UUID request = booking.payment().refundRequestId();
    booking.record(request, new Outcome.Moved(), Reseat.NO, Actor.SERVICE, NOW);
    assertThat(booking.status()).isEqualTo(BookingStatus.REFUNDED);
    assertThat(booking.payment().state()).isEqualTo(PaymentState.REFUNDED);
    assertThat(booking.pending().all()).isEmpty();
  }

  @ParameterizedTest(name = "allowed {0}, own start in {1} s, start told in {2} s: {3}")
  @CsvSource({
    "true, 1, , CONFIRMED",
    "true, 0, , CANCELLED",
    "true, -1, , CANCELLED",
    "true, 1, 0, CANCELLED",
    "true, -1, 1, CONFIRMED",
    "false, 1, , CANCELLED",
    "false, 1, 1, CANCELLED"
  })
  void itComesBackToAPlaceAndBeforeTheStart(
      boolean allowed, int own, Integer told, BookingStatus then) {
    Booking booking = expired().startingAt(NOW.plusSeconds(own)).build();
    Instant start = told == null ? null : NOW.plusSeconds(told);
    Instant end = told == null ? null : start.plusSeconds(3600);
    pay(booking, new Reseat(true, allowed, start, end));
    assertThat(booking.status()).isEqualTo(then);
    assertThat(booking.payment().state())
        .isEqualTo(
            then == BookingStatus.CONFIRMED ? PaymentState.PAID : PaymentState.REFUND_PENDING);
  }

  @Test
  void whereItMattersSomebodyMustHaveLooked() {
    Booking booking = expired().build();
    assertThatThrownBy(() -> pay(booking, Reseat.UNKNOWN)).isInstanceOf(Reseat.Needed.class);
  }

  /** Told again of a payment that stands, nothing begins a second time. */
  @Test
  void whatIsKnownChangesNothing() {
    Booking booking = expired().build();
    pay(booking, FREE_PLACE);
    booking.written(1);
    pay(booking, Reseat.UNKNOWN);
    assertThat(booking.pending().any()).isFalse();
  }
}
