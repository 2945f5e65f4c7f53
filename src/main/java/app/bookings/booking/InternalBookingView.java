package app.bookings.booking;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.UUID;

/** A booking as other services see it: the client's, and what clients need not know (api.md). */
@RegisterForReflection
public record InternalBookingView(
    @JsonUnwrapped BookingView booking,
    UUID userId,
    UUID refundRequestId,
    UUID verifierUserId,
    UUID verifierScannerCredentialId,
    Instant reminderSentAt) {

  static InternalBookingView of(Booking booking) {
    return new InternalBookingView(
        BookingView.of(booking),
        booking.userId,
        booking.refundRequestId,
        booking.verifierUserId,
        booking.verifierScannerCredentialId,
        booking.reminderSentAt);
  }
}
