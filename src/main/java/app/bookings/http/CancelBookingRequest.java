package app.bookings.http;

import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The optional body of cancel (api.md, "Client"). */
@Schema(
    name = "CancelBooking",
    additionalProperties = Schema.False.class,
    examples = "{\"reason\":\"I am ill\"}")
public record CancelBookingRequest(@Schema(nullable = true) @Size(max = 500) String reason) {}
