package app.bookings.booking;

import static app.bookings.booking.BookingFixture.NOW;
import static app.bookings.booking.BookingFixture.booking;
import static org.assertj.core.api.Assertions.assertThat;

import app.bookings.booking.BillingRules.Waits;
import app.bookings.settlement.DeclineReason;
import app.bookings.settlement.Occasion;
import app.bookings.settlement.Outcome;
import app.bookings.settlement.PaymentMethod;
import app.bookings.settlement.Settlement;
import app.bookings.settlement.SettlementKind;
import app.bookings.settlement.SettlementState;
import app.bookings.testsupport.Fast;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A slot attendee is billed after the session: first a pass, else the wallet, else a debt. */
@Fast
class BillingRulesTest {

  private static final UUID PASS = UUID.randomUUID();
  private static final Outcome NO = new Outcome.Refused(DeclineReason.INSUFFICIENT_FUNDS, true);

  private static String begun(Booking booking) {
    return String.join(
        " ", booking.settlements().all().stream().map(s -> s.kind() + " " + s.state()).toList());
  }

  @ParameterizedTest
  @CsvSource({"true, PASS_REDEMPTION DUE", "false, WALLET_DEBIT DUE"})
  void firstAPassElseTheWallet(boolean pass, String charge) {
    Booking booking = booking().ofASlotAttendee().with(2, "1.50").build();
    BillingRules.bill(booking, pass ? PASS : null, NOW);
    assertThat(begun(booking)).isEqualTo(charge);
    Settlement begun = booking.settlements().all().get(0);
    assertThat(begun.occasion()).isEqualTo(Occasion.BILLING);
    assertThat(begun.amount()).isEqualTo(pass ? "0.00" : "28.00");
    BillingRules.bill(booking, null, NOW);
    assertThat(booking.settlements().all()).containsExactly(begun);
  }

  @Test
  void thePassThatIsRefusedTurnsToTheWalletAndThatToADebt() {
    Booking booking = booking().ofASlotAttendee().build();
    BillingRules.bill(booking, PASS, NOW);
    booking.record(booking.settlements().all().get(0).id(), NO, Reseat.NO, Actor.SERVICE, NOW);
    assertThat(begun(booking)).isEqualTo("PASS_REDEMPTION REFUSED WALLET_DEBIT DUE");
    assertThat(booking.status()).isEqualTo(BookingStatus.CONFIRMED);
    booking.record(booking.settlements().all().get(1).id(), NO, Reseat.NO, Actor.SERVICE, NOW);
    assertThat(booking.status()).isEqualTo(BookingStatus.PENDING_PAYMENT);
    assertThat(booking.pending().all())
        .extracting(Change::event)
        .containsExactly(OutboundEvent.PAYMENT_DUE);
  }

  /** A debt that is refused once more stays one; one that is over stays over. */
  @ParameterizedTest
  @CsvSource({
    "CONFIRMED, PENDING_PAYMENT",
    "CHECKED_IN, PENDING_PAYMENT",
    "PENDING_PAYMENT, PENDING_PAYMENT",
    "CANCELLED, CANCELLED",
    "REFUNDED, REFUNDED"
  })
  void theWalletSaysNo(BookingStatus status, BookingStatus then) {
    Booking booking =
        booking()
            .ofASlotAttendee()
            .that(status)
            .charged(SettlementKind.WALLET_DEBIT, SettlementState.DUE, Occasion.BILLING, 1)
            .build();
    booking.record(booking.settlements().all().get(0).id(), NO, Reseat.NO, Actor.SERVICE, NOW);
    assertThat(booking.status()).isEqualTo(then);
  }

  @ParameterizedTest
  @EnumSource(BookingStatus.class)
  void onlyWhatTookPlaceIsBilled(BookingStatus status) {
    Booking booking = booking().ofASlotAttendee().that(status).build();
    BillingRules.bill(booking, null, NOW);
    assertThat(begun(booking))
        .isEqualTo(
            status == BookingStatus.CONFIRMED || status == BookingStatus.CHECKED_IN
                ? "WALLET_DEBIT DUE"
                : "");
  }

  @Test
  void whatIsPaidInAnotherWayIsNotBilled() {
    Booking own = booking().by(null, PaymentState.UNPAID).build();
    Booking free =
        booking().ofASlotAttendee().by(PaymentMethod.FREE, PaymentState.NOT_REQUIRED).build();
    BillingRules.bill(own, null, NOW);
    BillingRules.bill(free, null, NOW);
    assertThat(own.pending().any()).isFalse();
    assertThat(free.pending().any()).isFalse();
  }

  /** The wallet was asked at NOW; it was topped up so many seconds after that. */
  @ParameterizedTest(name = "{0}, {1} {2}, topped up {3} s later: {4}")
  @CsvSource({
    "PENDING_PAYMENT, WALLET_DEBIT, REFUSED, 1, true",
    "PENDING_PAYMENT, WALLET_DEBIT, UNDONE, 1, true",
    // asked since then
    "PENDING_PAYMENT, WALLET_DEBIT, REFUSED, 0, false",
    "PENDING_PAYMENT, WALLET_DEBIT, REFUSED, -1, false",
    // something is under way
    "PENDING_PAYMENT, WALLET_DEBIT, DUE, 1, false",
    "PENDING_PAYMENT, WALLET_DEBIT, UNDO_DUE, 1, false",
    "PENDING_PAYMENT, CARD_PAYMENT, AWAITING, 1, false",
    "PENDING_PAYMENT, CARD_PAYMENT, UNDO_DUE, -1, false",
    "PENDING_PAYMENT, CARD_PAYMENT, REFUSED, -1, true",
    // nothing is owed
    "CONFIRMED, WALLET_DEBIT, REFUSED, 1, false",
    "CANCELLED, WALLET_DEBIT, REFUSED, 1, false"
  })
  void aTopUpAsksTheWalletOnce(
      BookingStatus status, SettlementKind kind, SettlementState state, int later, boolean asks) {
    Booking booking =
        booking().ofASlotAttendee().that(status).charged(kind, state, Occasion.BILLING, 1).build();
    BillingRules.retry(booking, NOW.plusSeconds(later), NOW.plusSeconds(2));
    assertThat(booking.settlements().all()).hasSize(asks ? 2 : 1);
    if (asks) {
      Settlement again = booking.settlements().all().get(1);
      assertThat(again.kind()).isEqualTo(SettlementKind.WALLET_DEBIT);
      assertThat(again.attempt()).isEqualTo(2);
    }
  }

  @ParameterizedTest(name = "{0}, {1} {2}: {3}")
  @CsvSource({
    "PENDING_PAYMENT, WALLET_DEBIT, REFUSED, FOR_NOTHING",
    "PENDING_PAYMENT, WALLET_DEBIT, UNDONE, FOR_NOTHING",
    "PENDING_PAYMENT, WALLET_DEBIT, DUE, FOR_A_NEIGHBOUR",
    "PENDING_PAYMENT, WALLET_DEBIT, UNDO_DUE, FOR_A_NEIGHBOUR",
    "PENDING_PAYMENT, CARD_PAYMENT, DUE, FOR_A_NEIGHBOUR",
    "PENDING_PAYMENT, CARD_PAYMENT, AWAITING, FOR_A_CHECKOUT",
    "CONFIRMED, CARD_PAYMENT, AWAITING, FOR_NOTHING"
  })
  void aDebtWaits(BookingStatus status, SettlementKind kind, SettlementState state, Waits waits) {
    Booking booking = booking().that(status).charged(kind, state, Occasion.PAY, 1).build();
    assertThat(BillingRules.waits(booking)).isEqualTo(waits);
  }
}
