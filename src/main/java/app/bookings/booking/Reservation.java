package app.bookings.booking;

import java.math.BigDecimal;
import java.time.Instant;
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
    Instant holdExpiresAt) {}
