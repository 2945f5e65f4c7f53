package app.bookings.booking;

import static app.bookings.settlement.SettlementKind.PASS_REDEMPTION;

import app.bookings.problem.Problem;
import app.bookings.settlement.DeclineReason;
import app.bookings.settlement.ExtraQuantity;
import app.bookings.settlement.Occasion;
import app.bookings.settlement.PaymentMethod;
import app.bookings.settlement.Settlement;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Paying a booking that exists, and what a completed payment changes (domain.md, "Money"). */
final class PaymentRules {

  private PaymentRules() {}

  static Optional<Problem> refusal(Booking booking, Instant now) {
    boolean payable =
        switch (booking.status) {
          case PENDING -> !booking.holdHasExpired(now);
          case PENDING_PAYMENT -> true;
          case CONFIRMED, CHECKED_IN ->
              booking.paymentMethod != null && booking.paymentState == PaymentState.UNPAID;
          case CANCELLED, REFUNDED -> false;
        };
    return payable ? Optional.empty() : Optional.of(booking.invalidState());
  }

  /**
   * Writes the intent. What an earlier attempt still has under way is undone first: a card payment
   * that turns out to have succeeded then stands, and this attempt is dropped.
   */
  static void begin(
      Booking booking,
      PaymentPlan plan,
      List<ExtraQuantity> covered,
      String resultUrl,
      Instant expiresAt,
      Actor payer,
      Instant now) {
    refusal(booking, now)
        .ifPresent(
            refusal -> {
              throw refusal;
            });
    Charges.live(booking)
        .filter(s -> !(s.kind() == PASS_REDEMPTION && booking.absorbed()))
        .forEach(s -> GivingBack.undo(booking, s, null, now));
    SettlementRules.begin(
        booking,
        Occasion.PAY,
        plan,
        covered,
        resultUrl,
        booking.holdExpiresAt == null ? expiresAt : booking.holdExpiresAt,
        payer,
        now);
  }

  /** What an attempt at paying was refused for; empty while it runs or when it succeeded. */
  static Optional<DeclineReason> declined(Booking booking, Occasion occasion, int attempt) {
    return Charges.of(booking)
        .filter(s -> s.attempt() == attempt && s.occasion() == occasion)
        .map(Settlement::failureReason)
        .filter(Objects::nonNull)
        // as rows have it that were written before V10; no refusal
        .filter(reason -> !reason.equals(Transition.HOLD_EXPIRED.cause()))
        .map(DeclineReason::ofSlug)
        .findFirst();
  }

  /** The total if these charges pay: a pass that was named later absorbs the price. */
  static BigDecimal totalWith(Booking booking, List<Settlement> live) {
    return laterPass(booking, live)
        .map(
            pass ->
                ExtraLines.split(booking.extras, pass.coveredExtras(), pass.entitlementId())
                    .stream()
                    .map(BookedExtra::amount)
                    .reduce(new BigDecimal("0.00"), BigDecimal::add))
        .orElseGet(booking::total);
  }

  private static Optional<Settlement> laterPass(Booking booking, List<Settlement> live) {
    return booking.absorbed()
        ? Optional.empty()
        : live.stream().filter(s -> s.kind() == PASS_REDEMPTION).findFirst();
  }

  /** What a completed payment says about the booking. */
  static void paid(Booking booking, Instant now) {
    List<Settlement> done = Charges.kept(booking).toList();
    laterPass(booking, done)
        .ifPresent(
            pass -> {
              booking.extras =
                  ExtraLines.split(booking.extras, pass.coveredExtras(), pass.entitlementId());
              booking.customerEntitlementId = pass.entitlementId();
              booking.paymentMethod = PaymentMethod.PASS;
            });
    Optional<Settlement> money = done.stream().filter(s -> s.kind().money()).findFirst();
    if (!booking.absorbed()) {
      booking.paymentMethod = money.map(s -> s.kind().method()).orElse(booking.paymentMethod);
    }
    if (money.isPresent()) {
      booking.paymentState = PaymentState.PAID;
    } else {
      booking.paymentState =
          booking.total().signum() == 0 ? PaymentState.NOT_REQUIRED : PaymentState.UNPAID;
    }
    booking.touch(now);
  }

  /** A booking that was confirmed unpaid is now paid. */
  static void debtPaid(Booking booking, Actor actor, Instant now) {
    tellPaid(booking, actor, now);
    paid(booking, now);
  }

  /** A debt ends with a change of status; where there was none, the event alone tells it. */
  static void tellPaid(Booking booking, Actor actor, Instant now) {
    if (booking.status == BookingStatus.PENDING_PAYMENT) {
      booking.take(
          booking.checkedInAt == null ? Transition.DEBT_PAID : Transition.DEBT_PAID_AFTER_CHECK_IN,
          actor,
          now);
    } else {
      booking.unwritten.told.add(
          new PendingChanges.Told(null, "booking.paid", booking.status, actor.name(), now));
    }
  }
}
