package app.bookings.booking;

import app.bookings.problem.Problem;
import app.bookings.problem.ProblemType;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * What happens to a slot attendee's booking after its session, and to what is owed (domain.md,
 * "State machine", PENDING_PAYMENT): first a pass, else the wallet, else a debt.
 */
final class Billing {

  private Billing() {}

  /** Writes the intent to bill it, once; a booking that is billed or over is left alone. */
  static void bill(Booking booking, UUID entitlementId, Instant now) {
    boolean unbilled =
        booking.source == BookingSource.SLOT_ATTENDEE
            && booking.paymentMethod == null
            && (booking.status == BookingStatus.CONFIRMED
                || booking.status == BookingStatus.CHECKED_IN)
            && booking.settlements.isEmpty();
    if (unbilled) {
      begin(booking, entitlementId, now);
    }
  }

  /** Writes the intent to take what is owed from the wallet, unless that runs already. */
  static void retry(Booking booking, Instant now) {
    boolean running =
        booking.settlements.stream()
            .anyMatch(
                s ->
                    s.charge()
                        && s.state() != SettlementState.REFUSED
                        && s.state() != SettlementState.UNDONE);
    if (booking.status == BookingStatus.PENDING_PAYMENT && !running) {
      begin(booking, null, now);
    }
  }

  private static void begin(Booking booking, UUID entitlementId, Instant now) {
    PaymentPlan plan =
        entitlementId == null
            ? new PaymentPlan(
                PaymentMethod.WALLET, null, booking.extras, booking.total(), PaymentMethod.WALLET)
            : new PaymentPlan(
                PaymentMethod.PASS,
                entitlementId,
                booking.extras,
                new BigDecimal("0.00"),
                PaymentMethod.WALLET);
    Settling.begin(booking, Occasion.BILLING, plan, List.of(), null, null, now);
  }

  /** The pass said no: the wallet is next. The wallet said no: it is owed from now on. */
  static void refused(Booking booking, Settlement settlement, Instant now) {
    if (settlement.kind() == SettlementKind.PASS_REDEMPTION) {
      begin(booking, null, now);
    } else if (booking.status != BookingStatus.PENDING_PAYMENT
        && Transition.BILLING_FAILED.allowedFrom(booking.status)) {
      booking.take(Transition.BILLING_FAILED, Actor.SERVICE, now);
    }
  }

  /** Staff took the money at the desk. What else was under way is undone. */
  static void settleOnSite(Booking booking, Actor actor, Instant now) {
    boolean done =
        booking.paymentMethod == PaymentMethod.ON_SITE && booking.paymentState == PaymentState.PAID;
    if (done && booking.status.active()) {
      return;
    }
    boolean owed =
        booking.paymentState == PaymentState.UNPAID
            && booking.status.active()
            && booking.status != BookingStatus.PENDING;
    if (!owed) {
      throw booking.invalidState();
    }
    Settling.charges(booking)
        .filter(s -> s.state().live() && s.kind().money())
        .forEach(
            s -> Settling.replace(booking, s.moveTo(SettlementState.UNDO_DUE, null, now), now));
    if (!booking.absorbed()) {
      booking.paymentMethod = PaymentMethod.ON_SITE;
    }
    booking.paymentState = PaymentState.PAID;
    Paying.tellPaid(booking, actor, now);
    booking.touch(now);
  }

  static void waive(Booking booking, String reason, Actor actor, Instant now) {
    if (!Transition.DEBT_WAIVED.allowedFrom(booking.status)) {
      throw booking.invalidState();
    }
    booking.end(Transition.DEBT_WAIVED, reason, actor, now);
  }

  /** Verified at the gate; the first verifier is kept. */
  static void checkIn(Booking booking, UUID userId, UUID credentialId, Actor actor, Instant now) {
    if (booking.checkedInAt != null && booking.status.active()) {
      return;
    }
    java.time.Duration day = java.time.Duration.ofHours(24);
    if (now.isBefore(booking.startsAt.minus(day)) || now.isAfter(booking.endsAt.plus(day))) {
      throw Problem.of(
          ProblemType.INVALID_STATE,
          "The gate opens a day before the start and closes a day after.");
    }
    booking.take(Transition.VERIFIED_AT_GATE, actor, now);
    booking.checkedInAt = now;
    booking.verifierUserId = userId;
    booking.verifierScannerCredentialId = credentialId;
  }
}
