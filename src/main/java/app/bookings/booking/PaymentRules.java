package app.bookings.booking;

import app.bookings.problem.Problem;
import app.bookings.problem.ProblemType;
import app.bookings.settlement.DeclineReason;
import app.bookings.settlement.ExtraQuantity;
import app.bookings.settlement.Occasion;
import app.bookings.settlement.Settlement;
import app.bookings.settlement.SettlementKind;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Paying a booking that exists, and what a completed payment changes (domain.md, "Money"). */
public final class PaymentRules {

  private PaymentRules() {}

  /** Why it can't be paid now; empty when it can (api.md, "Client", pay). */
  public static Optional<Problem> refusal(Booking booking, Instant now) {
    boolean payable =
        switch (booking.status()) {
          case PENDING -> !booking.lifecycle().holdHasExpired(now);
          case PENDING_PAYMENT -> true;
          case CONFIRMED, CHECKED_IN ->
              booking.payment().method() != null
                  && booking.payment().state() == PaymentState.UNPAID;
          case CANCELLED, REFUNDED -> false;
        };
    return payable ? Optional.empty() : Optional.of(booking.invalidState());
  }

  /** The refusal of a payment, as the caller gets it. */
  public static Problem declined(Booking booking, DeclineReason reason) {
    return Problem.of(
            ProblemType.PAYMENT_DECLINED, "The payment was refused: " + reason.slug() + ".")
        .with("reason", reason.slug())
        .with("bookingId", booking.id());
  }

  /**
   * Begins an attempt at paying it: writes the intent. What an earlier attempt still has under way
   * is undone first: a card payment that turns out to have succeeded then stands, and this attempt
   * is dropped.
   *
   * @param covered extras that a pass covers which was named now
   * @param expiresAt until when a checkout may be paid, where no hold says it
   * @throws Problem {@code invalid-state}
   */
  public static void begin(
      Booking booking,
      PaymentPlan plan,
      List<ExtraQuantity> covered,
      String resultUrl,
      Instant expiresAt,
      Actor payer,
      Instant now) {
    Optional<Problem> refusal = refusal(booking, now);
    if (refusal.isPresent()) {
      throw refusal.get();
    }
    boolean absorbed = booking.payment().absorbed();
    booking
        .settlements()
        .live()
        .filter(s -> !(s.kind() == SettlementKind.PASS_REDEMPTION && absorbed))
        .forEach(s -> booking.undo(s, now));
    Instant hold = booking.lifecycle().holdExpiresAt();
    SettlementRules.begin(
        booking,
        Occasion.PAY,
        plan,
        covered,
        resultUrl,
        hold == null ? expiresAt : hold,
        payer,
        now);
  }

  /** The total if these charges pay: a pass that was named later absorbs the price. */
  static BigDecimal totalWith(Booking booking, List<Settlement> live) {
    return laterPass(booking, live)
        .map(pass -> ExtraLines.uncovered(split(booking, pass)))
        .orElseGet(booking::total);
  }

  private static List<BookedExtra> split(Booking booking, Settlement pass) {
    return ExtraLines.split(booking.extras(), pass.coveredExtras(), pass.entitlementId());
  }

  private static Optional<Settlement> laterPass(Booking booking, List<Settlement> live) {
    return booking.payment().absorbed()
        ? Optional.empty()
        : live.stream().filter(s -> s.kind() == SettlementKind.PASS_REDEMPTION).findFirst();
  }

  /** What a completed payment says about the booking. */
  static void paid(Booking booking, Instant now) {
    List<Settlement> done = booking.settlements().kept().toList();
    laterPass(booking, done)
        .ifPresent(
            pass -> {
              booking.becomes(split(booking, pass), now);
              booking.becomes(booking.payment().absorbedBy(pass.entitlementId()), now);
            });
    Optional<Settlement> money = done.stream().filter(s -> s.kind().money()).findFirst();
    Payment payment = booking.payment();
    if (money.isPresent()) {
      payment = payment.absorbed() ? payment : payment.by(money.get().kind().method());
      booking.becomes(payment.standing(PaymentState.PAID), now);
    } else {
      boolean nothing = booking.total().signum() == 0;
      booking.becomes(
          payment.standing(nothing ? PaymentState.NOT_REQUIRED : PaymentState.UNPAID), now);
    }
  }

  /** A booking that was confirmed unpaid is now paid. */
  static void debtPaid(Booking booking, Actor actor, Instant now) {
    tellPaid(booking, actor, now);
    paid(booking, now);
  }

  /** A debt ends with a change of status; where there was none, the event alone tells it. */
  static void tellPaid(Booking booking, Actor actor, Instant now) {
    if (booking.status() == BookingStatus.PENDING_PAYMENT) {
      booking.take(
          booking.gate().passed() ? Transition.DEBT_PAID_AFTER_CHECK_IN : Transition.DEBT_PAID,
          actor,
          now);
    } else {
      booking.tell(OutboundEvent.PAID, actor, now);
    }
  }
}
