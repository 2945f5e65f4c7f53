package app.bookings.booking;

import java.util.UUID;

/**
 * Who books at whom.
 *
 * @param userId the user behind the customer; null for guests
 */
public record Parties(UUID companyId, UUID customerId, UUID userId) {}
