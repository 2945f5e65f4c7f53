package app.bookings.booking;

import app.bookings.problem.Problem;
import app.bookings.settlement.PaymentMethod;
import java.time.Instant;

/** What staff settle at the desk (api.md, "Internal"). Each refuses or does it. */
public final class OnSitePayment {

  private OnSitePayment() {}

  /**
   * Staff took the money at the desk. What else was under way is undone; said again, nothing
   * happens.
   *
   * @throws Problem {@code invalid-state} when nothing is owed
   */
  public static void settle(Booking booking, Actor actor, Instant now) {
    Payment payment = booking.payment();
    boolean active = booking.status().active();
    boolean atDesk =
        payment.method() == PaymentMethod.ON_SITE
            || (payment.absorbed() && booking.settlements().moneyKept().findAny().isEmpty());
    if (atDesk && payment.state() == PaymentState.PAID && active) {
      return;
    }
    boolean owed =
        payment.state() == PaymentState.UNPAID
            && active
            && booking.status() != BookingStatus.PENDING;
    if (!owed) {
      throw booking.invalidState();
    }
    booking
        .settlements()
        .live()
        .filter(s -> s.kind().money() || !payment.absorbed())
        .forEach(s -> booking.undo(s, now));
    Payment settled = payment.absorbed() ? payment : payment.by(PaymentMethod.ON_SITE);
    booking.becomes(settled.standing(PaymentState.PAID), now);
    PaymentRules.tellPaid(booking, actor, now);
  }

  /**
   * What is owed is forgiven, and the booking cancelled.
   *
   * @throws Problem {@code invalid-state} when it is no debt
   */
  public static void waive(Booking booking, String reason, Actor actor, Instant now) {
    if (!Transition.DEBT_WAIVED.allowedFrom(booking.status())) {
      throw booking.invalidState();
    }
    booking.end(Transition.DEBT_WAIVED, reason, actor, now);
  }
}
