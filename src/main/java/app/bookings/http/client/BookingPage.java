package app.bookings.http.client;

import app.bookings.view.BookingView;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A page of bookings (api.md, "DTOs"). */
@Schema(name = "BookingPage")
public record BookingPage(
    List<BookingView> items,
    @Schema(nullable = true, description = "for the query parameter cursor; null on the last page")
        String nextCursor) {}
