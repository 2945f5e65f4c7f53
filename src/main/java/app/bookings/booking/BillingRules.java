package app.bookings.booking;

import app.bookings.settlement.Money;
import app.bookings.settlement.Occasion;
import app.bookings.settlement.PaymentMethod;
import app.bookings.settlement.Settlement;
import app.bookings.settlement.SettlementKind;
import app.bookings.settlement.SettlementState;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * What happens to a slot attendee's booking after its session, and to what is owed (domain.md,
 * "State machine", PENDING_PAYMENT): first a pass, else the wallet, else a debt.
 */
public final class BillingRules {

  private BillingRules() {}

  /**
   * Writes the intent to bill it, once; a booking that is billed or over is left alone.
   *
   * @param entitlementId the pass that covers it; null where none does
   */
  public static void bill(Booking booking, UUID entitlementId, Instant now) {
    boolean unbilled =
        booking.lifecycle().source() == BookingSource.SLOT_ATTENDEE
            && booking.payment().method() == null
            && (booking.status() == BookingStatus.CONFIRMED
                || booking.status() == BookingStatus.CHECKED_IN)
            && booking.settlements().all().isEmpty();
    if (unbilled) {
      begin(booking, entitlementId, now);
    }
  }

  /**
   * Writes the intent to take what is owed from the wallet, once since the wallet was topped up.
   * While something else is under way nothing happens: see {@link #waits}.
   *
   * @param since when the top-up came to be known
   */
  public static void retry(Booking booking, Instant since, Instant now) {
    boolean asked =
        booking
            .settlements()
            .charges()
            .anyMatch(
                s -> s.kind() == SettlementKind.WALLET_DEBIT && !s.createdAt().isBefore(since));
    if (booking.status() == BookingStatus.PENDING_PAYMENT && !asked && !underWay(booking)) {
      begin(booking, null, now);
    }
  }

  private static boolean underWay(Booking booking) {
    return booking
        .settlements()
        .charges()
        .anyMatch(s -> s.state().live() || s.state() == SettlementState.UNDO_DUE);
  }

  /** What a debt waits for before it can be asked for again, or is known to be paid. */
  public enum Waits {
    FOR_NOTHING,
    /** The customer may pay by card. */
    FOR_A_CHECKOUT,
    /** A request or a worker is asking a neighbour. */
    FOR_A_NEIGHBOUR
  }

  public static Waits waits(Booking booking) {
    if (booking.status() != BookingStatus.PENDING_PAYMENT || !underWay(booking)) {
      return Waits.FOR_NOTHING;
    }
    return booking.settlements().openCardPayment().isPresent()
        ? Waits.FOR_A_CHECKOUT
        : Waits.FOR_A_NEIGHBOUR;
  }

  private static void begin(Booking booking, UUID entitlementId, Instant now) {
    PaymentPlan plan =
        entitlementId == null
            ? new PaymentPlan(
                PaymentMethod.WALLET, null, booking.extras(), booking.total(), PaymentMethod.WALLET)
            : new PaymentPlan(
                PaymentMethod.PASS,
                entitlementId,
                booking.extras(),
                Money.ZERO,
                PaymentMethod.WALLET);
    SettlementRules.begin(
        booking, Occasion.BILLING, plan, List.of(), null, null, Actor.SERVICE, now);
  }

  /** The pass said no: the wallet is next. The wallet said no: it is owed from now on. */
  static void refused(Booking booking, Settlement settlement, Instant now) {
    if (settlement.kind() == SettlementKind.PASS_REDEMPTION) {
      begin(booking, null, now);
    } else if (booking.status() != BookingStatus.PENDING_PAYMENT
        && Transition.BILLING_FAILED.allowedFrom(booking.status())) {
      booking.take(Transition.BILLING_FAILED, Actor.SERVICE, now);
    }
  }
}
