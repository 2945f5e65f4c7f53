package app.bookings.application;

import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What became of putting a customer on a session (api.md, "Internal", attendees). */
public record Attendee(
    UUID customerId,
    @Schema(nullable = true) UUID bookingId,
    boolean created,
    @Schema(nullable = true, description = "why there is no new booking; null when it is there")
        String problem) {}
