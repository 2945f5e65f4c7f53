package app.bookings.booking;

import app.bookings.settlement.Occasion;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * What is reserved, for whom and at which price: all that must be known before a place is claimed.
 *
 * @param userId null for guests
 * @param currency ISO 4217
 * @param payment how it will be paid, extras split accordingly
 * @param holdExpiresAt until when an unsettled booking keeps its place
 */
public record Reservation(
    UUID id,
    UUID companyId,
    UUID activityId,
    UUID sessionId,
    UUID customerId,
    UUID userId,
    SessionSnapshot session,
    BigDecimal price,
    String currency,
    PaymentPlan payment,
    String resultUrl,
    Instant holdExpiresAt) {

  /** The new booking with the intent of every movement that it needs. Nothing has moved yet. */
  public Booking place(Actor actor, Instant now) {
    Booking booking = new Booking();
    booking.id = id;
    booking.companyId = companyId;
    booking.activityId = activityId;
    booking.sessionId = sessionId;
    booking.customerId = customerId;
    booking.userId = userId;
    booking.source = BookingSource.SELF_BOOKED;
    booking.price = price;
    booking.currency = currency;
    booking.sessionTitle = session.title();
    booking.startsAt = session.startsAt();
    booking.endsAt = session.endsAt();
    booking.cancellationDeadline = session.cancellationDeadline();
    booking.createdAt = now;
    booking.paymentMethod = payment.method();
    booking.customerEntitlementId = payment.entitlementId();
    booking.extras.addAll(payment.extras());
    booking.paymentState =
        payment.total().signum() == 0 ? PaymentState.NOT_REQUIRED : PaymentState.UNPAID;
    if (payment.charges().isEmpty()) {
      booking.take(Transition.CONFIRM_AT_ONCE, actor, now);
    } else {
      booking.take(Transition.HOLD, actor, now);
      booking.holdExpiresAt = holdExpiresAt;
      SettlementRules.begin(
          booking, Occasion.CREATE, payment, List.of(), resultUrl, holdExpiresAt, actor, now);
    }
    return booking;
  }
}
