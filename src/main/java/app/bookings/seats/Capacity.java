package app.bookings.seats;

import java.time.Instant;

/**
 * How many places a session has.
 *
 * @param places null is unlimited
 * @param knownAt when that was true; the newest knowledge counts
 */
public record Capacity(Integer places, Instant knownAt) {}
