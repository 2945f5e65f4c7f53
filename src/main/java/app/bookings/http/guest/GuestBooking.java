package app.bookings.http.guest;

import app.bookings.view.BookingView;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A guest's new booking, with the token that opens it (api.md, "Guest"). */
@Schema(name = "GuestBooking")
public record GuestBooking(
    BookingView booking,
    @Schema(description = "for the header Booking-Token") String bookingToken) {}
