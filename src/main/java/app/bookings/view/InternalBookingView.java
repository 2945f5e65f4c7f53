package app.bookings.view;

import app.bookings.booking.Booking;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A booking as other services see it: the client's, and what clients need not know (api.md,
 * "DTOs").
 */
@RegisterForReflection
@Schema(name = "InternalBooking")
public record InternalBookingView(
    @JsonUnwrapped BookingView booking,
    @Schema(nullable = true) UUID userId,
    @Schema(nullable = true) UUID refundRequestId,
    @Schema(nullable = true) UUID verifierUserId,
    @Schema(nullable = true) UUID verifierScannerCredentialId,
    @Schema(nullable = true) Instant reminderSentAt) {

  /** As it stands. */
  public static InternalBookingView of(Booking booking) {
    return new InternalBookingView(
        BookingView.of(booking),
        booking.parties().userId(),
        booking.payment().refundRequestId(),
        booking.gate().verifierUserId(),
        booking.gate().verifierScannerCredentialId(),
        booking.lifecycle().reminderSentAt());
  }
}
