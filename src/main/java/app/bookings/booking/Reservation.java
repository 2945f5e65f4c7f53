package app.bookings.booking;

import app.bookings.settlement.Occasion;
import app.bookings.settlement.PaymentMethod;
import app.bookings.settlement.Settlements;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * What is reserved, for whom and at which price: all that must be known before a place is claimed.
 *
 * @param price of the place, scale 2
 * @param currency ISO 4217
 * @param plan how it will be paid, extras split accordingly
 * @param resultUrl where a checkout leads back to; null for none
 * @param holdExpiresAt until when an unsettled booking keeps its place
 */
public record Reservation(
    UUID id,
    Parties parties,
    SessionSnapshot session,
    BigDecimal price,
    String currency,
    PaymentPlan plan,
    String resultUrl,
    Instant holdExpiresAt) {

  /** The new booking with the intent of every movement that it needs. Nothing has moved yet. */
  public Booking place(Actor actor, Instant now) {
    return place(BookingSource.SELF_BOOKED, plan.method(), actor, now);
  }

  Booking place(BookingSource source, PaymentMethod method, Actor actor, Instant now) {
    Payment payment =
        new Payment(
            method,
            plan.total().signum() == 0 ? PaymentState.NOT_REQUIRED : PaymentState.UNPAID,
            price,
            currency,
            false,
            false,
            plan.entitlementId(),
            null,
            null);
    Booking booking =
        Booking.restore(
            id,
            parties,
            session,
            payment,
            Gate.BEFORE,
            Lifecycle.beginning(source, now),
            plan.extras(),
            Settlements.NONE);
    if (plan.charges().isEmpty()) {
      booking.take(Transition.CONFIRM_AT_ONCE, actor, now);
    } else {
      booking.take(Transition.HOLD, actor, now);
      booking.holdUntil(holdExpiresAt);
      SettlementRules.begin(
          booking, Occasion.CREATE, plan, List.of(), resultUrl, holdExpiresAt, actor, now);
    }
    return booking;
  }
}
