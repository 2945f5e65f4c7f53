package app.bookings.booking;

import app.bookings.database.Database;
import app.bookings.settlement.PaymentMethod;
import io.vertx.mutiny.sqlclient.Row;
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
    List<BookingView.Extra> extras) {

  /** Of a row whose first column is the session. */
  static SessionBookingView read(Row row) {
    PaymentMethod paymentMethod = BookingRows.method(row.getString(6));
    List<BookedExtra> extras = ColumnJson.list(row.getString(11), BookedExtra.class);
    return new SessionBookingView(
        row.getUUID(1),
        row.getUUID(2),
        BookingStatus.valueOf(row.getString(3)),
        PaymentState.valueOf(row.getString(4)),
        BookingSource.valueOf(row.getString(5)),
        paymentMethod,
        ExtraLines.total(paymentMethod, row.getBigDecimal(7), extras),
        row.getString(8),
        Database.instant(row.getOffsetDateTime(9)),
        Database.instant(row.getOffsetDateTime(10)),
        extras.stream().map(BookingView::extra).toList());
  }
}
