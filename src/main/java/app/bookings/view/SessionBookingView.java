package app.bookings.view;

import app.bookings.booking.BookingSource;
import app.bookings.booking.BookingStatus;
import app.bookings.booking.PaymentState;
import app.bookings.settlement.PaymentMethod;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A booking as its session shows it: what catalog embeds (api.md, "DTOs"). */
@Schema(name = "SessionBooking")
public record SessionBookingView(
    UUID id,
    UUID customerId,
    BookingStatus status,
    PaymentState paymentState,
    BookingSource source,
    @Schema(nullable = true) PaymentMethod paymentMethod,
    BigDecimal total,
    String currency,
    @Schema(nullable = true) Instant checkedInAt,
    Instant createdAt,
    List<BookingView.Extra> extras) {}
