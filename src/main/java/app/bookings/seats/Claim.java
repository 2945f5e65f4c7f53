package app.bookings.seats;

import java.time.Instant;
import java.util.UUID;

/**
 * Who wants a place for which booking, and what that booking says of its session.
 *
 * @param userId the user behind the customer; null for guests
 */
public record Claim(
    UUID bookingId,
    UUID sessionId,
    UUID customerId,
    UUID userId,
    Instant startsAt,
    Instant endsAt) {}
