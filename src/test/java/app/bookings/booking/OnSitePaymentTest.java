package app.bookings.booking;

import static app.bookings.booking.BookingFixture.NOW;
import static app.bookings.booking.BookingFixture.booking;
import static org.assertj.core.api.Assertions.assertThat;

import app.bookings.settlement.Occasion;
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

/** What staff settle at the desk: a debt, or what was to be paid on site. */
@Fast
class OnSitePaymentTest {

  private static final Actor STAFF = Actor.user(UUID.randomUUID());

  @ParameterizedTest(name = "{0} {1} {2}: {3}")
  @CsvSource({
    "CONFIRMED, ON_SITE, UNPAID, takes",
    "CHECKED_IN, ON_SITE, UNPAID, takes",
    "PENDING_PAYMENT, , UNPAID, takes",
    "CONFIRMED, , UNPAID, takes",
    "CONFIRMED, PASS, UNPAID, takes",
    "CONFIRMED, CARD, UNPAID, takes",
    // said again
    "CONFIRMED, ON_SITE, PAID, keeps",
    "CHECKED_IN, ON_SITE, PAID, keeps",
    "CONFIRMED, PASS, PAID, keeps",
    // nothing is owed
    "CONFIRMED, WALLET, PAID, refuses",
    "CONFIRMED, FREE, NOT_REQUIRED, refuses",
    "CONFIRMED, PASS, NOT_REQUIRED, refuses",
    "PENDING, CARD, UNPAID, refuses",
    "CANCELLED, ON_SITE, UNPAID, refuses",
    "CANCELLED, ON_SITE, PAID, refuses",
    "REFUNDED, CARD, REFUNDED, refuses"
  })
  void theDesk(BookingStatus status, PaymentMethod method, PaymentState state, String does) {
    Booking booking = booking().that(status).by(method, state).build();
    if (does.equals("refuses")) {
      Refusals.invalidState(booking, () -> OnSitePayment.settle(booking, STAFF, NOW));
      return;
    }
    OnSitePayment.settle(booking, STAFF, NOW);
    assertThat(booking.payment().state()).isEqualTo(PaymentState.PAID);
    assertThat(booking.payment().method())
        .isEqualTo(method == PaymentMethod.PASS ? PaymentMethod.PASS : PaymentMethod.ON_SITE);
    if (does.equals("keeps")) {
      assertThat(booking.pending().any()).isFalse();
    } else {
      assertThat(booking.pending().all())
          .extracting(Change::event)
          .containsExactly(OutboundEvent.PAID);
    }
  }

  /** The debt of somebody who was let in leaves them checked in. */
  @ParameterizedTest
  @CsvSource({"false, CONFIRMED", "true, CHECKED_IN"})
  void aDebtThatIsPaid(boolean letIn, BookingStatus then) {
    BookingFixture fixture = booking();
    if (letIn) {
      fixture.checkedIn();
    }
    Booking booking =
        fixture
            .that(BookingStatus.PENDING_PAYMENT)
            .by(PaymentMethod.WALLET, PaymentState.UNPAID)
            .build();
    OnSitePayment.settle(booking, STAFF, NOW);
    assertThat(booking.status()).isEqualTo(then);
  }

  /** The pass absorbs the price and stays; money that is under way does not. */
  @Test
  void whatElseWasUnderWayIsUndone() {
    Booking absorbed =
        booking()
            .absorbedBy(UUID.randomUUID())
            .charged(SettlementKind.PASS_REDEMPTION, SettlementState.DONE)
            .charged(SettlementKind.CARD_PAYMENT, SettlementState.AWAITING, Occasion.PAY, 2)
            .build();
    OnSitePayment.settle(absorbed, STAFF, NOW);
    assertThat(absorbed.settlements().all())
        .extracting(Settlement::state)
        .containsExactly(SettlementState.DONE, SettlementState.UNDO_DUE);

    Booking plain =
        booking()
            .charged(SettlementKind.PASS_REDEMPTION, SettlementState.DUE, Occasion.PAY, 1)
            .charged(SettlementKind.CARD_PAYMENT, SettlementState.REFUSED, Occasion.PAY, 2)
            .build();
    OnSitePayment.settle(plain, STAFF, NOW);
    assertThat(plain.settlements().all())
        .extracting(Settlement::state)
        .containsExactly(SettlementState.UNDO_DUE, SettlementState.REFUSED);
  }

  /** Extras beside a pass that money paid for were not paid at the desk. */
  @Test
  void whatMoneyPaidBesideAPassWasNotPaidAtTheDesk() {
    Booking booking =
        booking()
            .absorbedBy(UUID.randomUUID())
            .by(PaymentMethod.PASS, PaymentState.PAID)
            .charged(SettlementKind.WALLET_DEBIT, SettlementState.DONE)
            .build();
    Refusals.invalidState(booking, () -> OnSitePayment.settle(booking, STAFF, NOW));
  }

  @ParameterizedTest
  @EnumSource(BookingStatus.class)
  void onlyADebtIsWaived(BookingStatus status) {
    Booking booking =
        booking()
            .that(status)
            .charged(SettlementKind.WALLET_DEBIT, SettlementState.DUE, Occasion.BILLING, 1)
            .build();
    if (status == BookingStatus.PENDING_PAYMENT) {
      OnSitePayment.waive(booking, "long known", STAFF, NOW);
      assertThat(booking.status()).isEqualTo(BookingStatus.CANCELLED);
      assertThat(booking.lifecycle().cancelReason()).isEqualTo("long known");
      assertThat(booking.payment().state()).isEqualTo(PaymentState.UNPAID);
      assertThat(booking.settlements().all())
          .extracting(Settlement::state)
          .containsExactly(SettlementState.UNDO_DUE);
    } else {
      Refusals.invalidState(booking, () -> OnSitePayment.waive(booking, "no", STAFF, NOW));
    }
  }
}
