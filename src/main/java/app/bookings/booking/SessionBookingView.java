package app.bookings.booking;

import io.vertx.mutiny.sqlclient.Row;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
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
    String method = row.getString(6);
    PaymentMethod paymentMethod = method == null ? null : PaymentMethod.valueOf(method);
    List<BookedExtra> extras = Documents.list(row.getString(11), BookedExtra.class);
    OffsetDateTime checkedInAt = row.getOffsetDateTime(9);
    return new SessionBookingView(
        row.getUUID(1),
        row.getUUID(2),
        BookingStatus.valueOf(row.getString(3)),
        PaymentState.valueOf(row.getString(4)),
        BookingSource.valueOf(row.getString(5)),
        paymentMethod,
        ExtraLines.total(paymentMethod, row.getBigDecimal(7), extras),
        row.getString(8),
        checkedInAt == null ? null : checkedInAt.toInstant(),
        row.getOffsetDateTime(10).toInstant(),
        extras.stream().map(BookingView::extra).toList());
  }
}
