package app.bookings.booking;

import static app.bookings.booking.BookingFixture.NOW;
import static app.bookings.booking.BookingFixture.booking;
import static org.assertj.core.api.Assertions.assertThat;

import app.bookings.problem.Problem;
import app.bookings.problem.ProblemType;
import app.bookings.settlement.DeclineReason;
import app.bookings.settlement.ExtraQuantity;
import app.bookings.settlement.Occasion;
import app.bookings.settlement.Outcome;
import app.bookings.settlement.PaymentMethod;
import app.bookings.settlement.Settlement;
import app.bookings.settlement.SettlementKind;
import app.bookings.settlement.SettlementState;
import app.bookings.testsupport.Fast;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Paying a booking that exists: when, what it replaces, and what it changes. */
@Fast
class PaymentRulesTest {

  private static final UUID PASS = UUID.randomUUID();
  private static final Instant CHECKOUT_ENDS = NOW.plus(Duration.ofMinutes(30));

  private static PaymentPlan by(PaymentMethod method, Booking booking) {
    return new PaymentPlan(method, null, booking.extras(), booking.total(), method);
  }

  private static void begin(Booking booking, PaymentPlan plan, List<ExtraQuantity> covered) {
    PaymentRules.begin(booking, plan, covered, null, CHECKOUT_ENDS, Actor.SERVICE, NOW);
  }

  private static void done(Booking booking, int position) {
    UUID id = booking.settlements().all().get(position - 1).id();
    booking.record(id, new Outcome.Moved(), Reseat.NO, Actor.SERVICE, NOW);
  }

  private static String settlements(Booking booking) {
    return String.join(
        ", ", booking.settlements().all().stream().map(s -> s.kind() + " " + s.state()).toList());
  }

  @ParameterizedTest(name = "{0} {1} {2}, held for {3} s: {4}")
  @CsvSource({
    "PENDING, CARD, UNPAID, 1, true",
    "PENDING, CARD, UNPAID, 0, false",
    "PENDING_PAYMENT, , UNPAID, , true",
    "CONFIRMED, ON_SITE, UNPAID, , true",
    "CHECKED_IN, ON_SITE, UNPAID, , true",
    "CONFIRMED, ON_SITE, PAID, , false",
    "CHECKED_IN, WALLET, PAID, , false",
    "CONFIRMED, FREE, NOT_REQUIRED, , false",
    // an attendee is billed, and pays nothing before
    "CONFIRMED, , UNPAID, , false",
    "CANCELLED, ON_SITE, UNPAID, , false",
    "REFUNDED, CARD, REFUNDED, , false"
  })
  void mayBePaid(
      BookingStatus status, PaymentMethod method, PaymentState state, Integer held, boolean may) {
    BookingFixture fixture = booking().that(status).by(method, state);
    if (held != null) {
      fixture.heldUntil(NOW.plusSeconds(held));
    }
    Booking booking = fixture.build();
    assertThat(PaymentRules.refusal(booking, NOW).isEmpty()).isEqualTo(may);
    if (may) {
      begin(booking, by(PaymentMethod.WALLET, booking), List.of());
      assertThat(settlements(booking)).isEqualTo("WALLET_DEBIT DUE");
    } else {
      Refusals.invalidState(
          booking, () -> begin(booking, by(PaymentMethod.WALLET, booking), List.of()));
    }
  }

  /** What an earlier attempt still has under way is undone first; what is over stays. */
  @ParameterizedTest
  @CsvSource({
    "DUE, UNDO_DUE",
    "AWAITING, UNDO_DUE",
    "REFUSED, REFUSED",
    "UNDONE, UNDONE",
  })
  void anAttemptReplacesTheOneBefore(SettlementState before, SettlementState after) {
    Booking booking =
        booking().charged(SettlementKind.CARD_PAYMENT, before, Occasion.PAY, 3).build();
    begin(booking, by(PaymentMethod.CARD, booking), List.of());
    Settlement begun = booking.settlements().all().get(1);
    assertThat(settlements(booking)).isEqualTo("CARD_PAYMENT " + after + ", CARD_PAYMENT DUE");
    assertThat(begun.attempt()).isEqualTo(4);
    assertThat(begun.expiresAt()).isEqualTo(CHECKOUT_ENDS);
    assertThat(booking.payment().cardPaymentId()).isEqualTo(begun.id());
    assertThat(booking.payment().method()).isEqualTo(PaymentMethod.ON_SITE);
  }

  @Test
  void aCheckoutEndsWithTheHoldWhereThereIsOne() {
    Booking booking =
        booking().that(BookingStatus.PENDING).by(PaymentMethod.CARD, PaymentState.UNPAID).build();
    begin(booking, by(PaymentMethod.CARD, booking), List.of());
    assertThat(booking.settlements().all().get(0).expiresAt())
        .isEqualTo(booking.lifecycle().holdExpiresAt());
  }

  /** The extras of a booking that a pass absorbs: the redemption stays. */
  @Test
  void aPassThatAbsorbedTheBookingStays() {
    Booking booking =
        booking()
            .absorbedBy(PASS)
            .with(1, "3.50")
            .charged(SettlementKind.PASS_REDEMPTION, SettlementState.DONE)
            .build();
    begin(booking, by(PaymentMethod.WALLET, booking), List.of());
    assertThat(settlements(booking)).isEqualTo("PASS_REDEMPTION DONE, WALLET_DEBIT DUE");
    assertThat(booking.settlements().all().get(1).amount()).isEqualTo("3.50");
    done(booking, 2);
    assertThat(booking.payment().state()).isEqualTo(PaymentState.PAID);
    assertThat(booking.payment().method()).isEqualTo(PaymentMethod.PASS);
  }

  /**
   * A pass that has not answered yet absorbs the whole price: an attempt at paying by another
   * method has nothing to move. It is written, as every attempt is, and a key is bound to it.
   */
  @Test
  void anAttemptThatHasNothingToMoveIsWritten() {
    Booking booking =
        booking()
            .that(BookingStatus.PENDING)
            .absorbedBy(PASS)
            .charged(SettlementKind.PASS_REDEMPTION, SettlementState.DUE)
            .build();
    Instant later = NOW.plusSeconds(1);
    PaymentRules.begin(
        booking,
        by(PaymentMethod.WALLET, booking),
        List.of(),
        null,
        CHECKOUT_ENDS,
        Actor.SERVICE,
        later);
    assertThat(settlements(booking)).isEqualTo("PASS_REDEMPTION DUE");
    assertThat(booking.pending().any()).isTrue();
    assertThat(booking.lifecycle().updatedAt()).isEqualTo(later);
  }

  /** One that was only named, in an attempt before, is replaced as any charge is. */
  @Test
  void aPassOfAnAttemptBeforeIsReplaced() {
    Booking booking =
        booking()
            .charged(SettlementKind.PASS_REDEMPTION, SettlementState.DUE, Occasion.PAY, 1)
            .build();
    begin(booking, by(PaymentMethod.WALLET, booking), List.of());
    assertThat(settlements(booking)).isEqualTo("PASS_REDEMPTION UNDO_DUE, WALLET_DEBIT DUE");
    done(booking, 2);
    assertThat(booking.payment().state()).isEqualTo(PaymentState.UNPAID);
    UUID pass = booking.settlements().all().get(0).id();
    booking.record(pass, new Outcome.GivenBack(), Reseat.NO, Actor.SERVICE, NOW);
    assertThat(booking.payment().state()).isEqualTo(PaymentState.PAID);
    assertThat(booking.payment().method()).isEqualTo(PaymentMethod.WALLET);
  }

  /** A pass that is named later absorbs the price and what it covers, once all of it is paid. */
  @ParameterizedTest(name = "{0} of 3 covered, rest by {1}: {2} {3}")
  @CsvSource({"3, , 0.00, NOT_REQUIRED", "1, WALLET, 3.00, PAID", "0, BONUS, 4.50, PAID"})
  void aPassThatIsNamedLater(
      int covered, PaymentMethod remainder, BigDecimal rest, PaymentState state) {
    Booking booking = booking().with(3, "1.50").build();
    List<ExtraQuantity> extras =
        List.of(new ExtraQuantity(booking.extras().get(0).extraId(), covered));
    List<BookedExtra> split = ExtraLines.split(booking.extras(), extras, PASS);
    begin(booking, new PaymentPlan(PaymentMethod.PASS, PASS, split, rest, remainder), extras);
    done(booking, 1);
    if (remainder != null) {
      assertThat(booking.payment().absorbed()).isFalse();
      assertThat(booking.settlements().all().get(1).amount()).isEqualTo(rest);
      done(booking, 2);
    }
    assertThat(booking.payment().absorbed()).isTrue();
    assertThat(booking.payment().entitlementId()).isEqualTo(PASS);
    assertThat(booking.payment().state()).isEqualTo(state);
    assertThat(booking.total()).isEqualTo(rest);
    assertThat(booking.extras().stream().mapToInt(BookedExtra::quantity).sum()).isEqualTo(3);
  }

  /** The two movements of an attempt succeed together or are both undone. */
  @Test
  void whatIsRefusedTakesItsAttemptWithIt() {
    Booking booking = booking().with(1, "3.50").build();
    BigDecimal rest = new BigDecimal("3.50");
    begin(
        booking,
        new PaymentPlan(PaymentMethod.PASS, PASS, booking.extras(), rest, PaymentMethod.WALLET),
        List.of());
    done(booking, 1);
    booking.record(
        booking.settlements().all().get(1).id(),
        new Outcome.Refused(DeclineReason.INSUFFICIENT_FUNDS, true),
        Reseat.NO,
        Actor.SERVICE,
        NOW);
    assertThat(settlements(booking)).isEqualTo("PASS_REDEMPTION UNDO_DUE, WALLET_DEBIT REFUSED");
    assertThat(booking.payment().method()).isEqualTo(PaymentMethod.ON_SITE);
    assertThat(booking.settlements().declined(Occasion.PAY, 1))
        .contains(DeclineReason.INSUFFICIENT_FUNDS);
  }

  /** And nothing of an attempt before: the pass that absorbs the booking stays. */
  @Test
  void whatIsRefusedLeavesWhatWasPaidBefore() {
    Booking booking =
        booking()
            .absorbedBy(PASS)
            .with(1, "3.50")
            .charged(SettlementKind.PASS_REDEMPTION, SettlementState.DONE)
            .charged(SettlementKind.WALLET_DEBIT, SettlementState.DUE, Occasion.PAY, 2)
            .build();
    booking.record(
        booking.settlements().all().get(1).id(),
        new Outcome.Failed(DeclineReason.INSUFFICIENT_FUNDS),
        Reseat.NO,
        Actor.SERVICE,
        NOW);
    assertThat(settlements(booking)).isEqualTo("PASS_REDEMPTION DONE, WALLET_DEBIT REFUSED");
  }

  /** Being made, a pass absorbs the price and what it leaves may be paid at the desk. */
  @Test
  void whatAPassLeavesIsPaidAtTheDesk() {
    Booking booking =
        booking()
            .that(BookingStatus.PENDING)
            .absorbedBy(PASS)
            .with(1, "3.50")
            .charged(SettlementKind.PASS_REDEMPTION, SettlementState.DUE)
            .build();
    done(booking, 1);
    assertThat(booking.status()).isEqualTo(BookingStatus.CONFIRMED);
    assertThat(booking.payment().state()).isEqualTo(PaymentState.UNPAID);
  }

  @Test
  void aDeclineNamesTheReasonAndTheBooking() {
    Booking booking = booking().build();
    Problem declined = PaymentRules.declined(booking, DeclineReason.INSUFFICIENT_BONUS);
    assertThat(declined.type()).isEqualTo(ProblemType.PAYMENT_DECLINED);
    assertThat(declined.members())
        .containsEntry("reason", "insufficient-bonus")
        .containsEntry("bookingId", booking.id());
  }
}
