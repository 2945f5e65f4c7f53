package app.bookings.storage;

import app.bookings.booking.BookingStatus;
import java.time.Instant;
import java.util.UUID;

/** A row of the status history: append-only, one per change of status (domain.md, "Tables"). */
record StatusChange(
    UUID id,
    UUID bookingId,
    BookingStatus fromStatus,
    BookingStatus toStatus,
    String cause,
    String actor,
    Instant at) {}
