package app.bookings.booking;

import java.time.Instant;

/** What a booking remembers of its session (domain.md, "Tables"). */
public record SessionSnapshot(
    String title, Instant startsAt, Instant endsAt, Instant cancellationDeadline) {}
