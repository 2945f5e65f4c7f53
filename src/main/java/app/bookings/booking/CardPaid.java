package app.bookings.booking;

import app.bookings.settlement.Settlement;
import app.bookings.settlement.SettlementKind;
import app.bookings.settlement.Settlements;
import java.time.Instant;

/**
 * What follows from a card payment that has succeeded, whenever that comes to be known (domain.md,
 * "Money"): it counts, it is more than was owed and goes back, or it confirms the booking again.
 */
final class CardPaid {

  private CardPaid() {}

  static void conclude(
      Booking booking, Settlement payment, Reseat reseat, Actor actor, Instant now) {
    boolean active = booking.status().active();
    boolean owing =
        booking.status() == BookingStatus.PENDING
            || (active && booking.payment().state() == PaymentState.UNPAID);
    if (owing) {
      // It stands: whatever was begun to replace it is dropped, and it is the one that counts.
      booking.becomes(booking.payment().cardPayment(payment.id()), now);
      booking
          .settlements()
          .live()
          .filter(other -> other.attempt() > payment.attempt())
          .forEach(other -> booking.undo(other, now));
    } else if (active) {
      // Paid otherwise meanwhile: this one is too much.
      GivingBack.surplus(booking, payment, now);
    } else if (mayReseat(booking, reseat, now)) {
      booking.becomes(booking.payment().cardPayment(payment.id()), now);
      booking.take(Transition.PAID_AFTER_HOLD_EXPIRED, actor, now);
      reseat.moveTo(booking, actor, now);
      PaymentRules.paid(booking, now);
    } else {
      GivingBack.late(booking, payment, now);
    }
  }

  /**
   * Only a hold that ran out comes back, and only where this payment pays all of it. A booking that
   * a pass was to absorb does not: the use was released with the hold, and would have to be
   * redeemed again before anything could be confirmed.
   */
  private static boolean mayReseat(Booking booking, Reseat reseat, Instant now) {
    Settlements settlements = booking.settlements();
    boolean comesBack =
        booking.status() == BookingStatus.CANCELLED
            && booking.lifecycle().cancelledBy(Transition.HOLD_EXPIRED)
            && !booking.lifecycle().deleted()
            && !settlements.has(SettlementKind.PASS_REDEMPTION)
            && Settlements.sum(settlements.kept()).compareTo(booking.total()) == 0;
    if (comesBack && !reseat.known()) {
      throw new Reseat.Needed();
    }
    return comesBack && reseat.allowed() && now.isBefore(reseat.startsAt(booking.session()));
  }
}
