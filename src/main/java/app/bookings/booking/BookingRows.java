package app.bookings.booking;

import app.bookings.database.Database;
import app.bookings.settlement.PaymentMethod;
import app.bookings.settlement.Settlement;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import java.time.Instant;
import java.util.List;

/**
 * Bookings as they are read: columns, which PostgreSQL sends as they are; extras and settlements
 * beside them as JSON, only where there are any. By position: a page has hundreds of values, and
 * names would be looked up for each.
 */
final class BookingRows {

  /** The lines of booking {@code b} as a column. */
  static final String EXTRAS =
      """
      (SELECT json_agg(e ORDER BY e.id)::text FROM bookings.booking_extra e
          WHERE e.booking_id = b.id) AS extras\
      """;

  /** The reader appends its condition on {@code b}. */
  static final String SELECT =
      """
      SELECT b.id, b.company_id, b.activity_id, b.session_id, b.customer_id, b.user_id, b.status,
        b.source, b.payment_method, b.payment_state, b.price, b.currency, b.wallet_debited,
        b.bonus_debited, b.customer_entitlement_id, b.payment_id, b.refund_request_id,
        b.session_title, b.starts_at, b.ends_at, b.cancellation_deadline, b.hold_expires_at,
        b.reminder_sent_at, b.checked_in_at, b.verifier_user_id, b.verifier_scanner_credential_id,
        b.cancelled_at, b.deleted_at, b.cancel_reason, b.cancel_cause, b.created_at, b.updated_at, b.version,
        %s,
        (SELECT json_agg(s ORDER BY s.position)::text FROM bookings.settlements s
          WHERE s.booking_id = b.id) AS settlements
      FROM bookings.bookings b
      """
          .formatted(EXTRAS);

  private final Row row;
  private int at;

  private BookingRows(Row row) {
    this.row = row;
  }

  static List<Booking> read(RowSet<Row> rows) {
    return rows.stream().map(row -> new BookingRows(row).booking()).toList();
  }

  private Booking booking() {
    Booking booking = new Booking();
    booking.id = row.getUUID(at++);
    booking.companyId = row.getUUID(at++);
    booking.activityId = row.getUUID(at++);
    booking.sessionId = row.getUUID(at++);
    booking.customerId = row.getUUID(at++);
    booking.userId = row.getUUID(at++);
    booking.status = BookingStatus.valueOf(row.getString(at++));
    booking.source = BookingSource.valueOf(row.getString(at++));
    booking.paymentMethod = method(row.getString(at++));
    booking.paymentState = PaymentState.valueOf(row.getString(at++));
    booking.price = row.getBigDecimal(at++);
    booking.currency = row.getString(at++);
    booking.walletDebited = row.getBoolean(at++);
    booking.bonusDebited = row.getBoolean(at++);
    booking.customerEntitlementId = row.getUUID(at++);
    booking.paymentId = row.getUUID(at++);
    booking.refundRequestId = row.getUUID(at++);
    booking.sessionTitle = row.getString(at++);
    booking.startsAt = instant();
    booking.endsAt = instant();
    booking.cancellationDeadline = instant();
    booking.holdExpiresAt = instant();
    booking.reminderSentAt = instant();
    booking.checkedInAt = instant();
    booking.verifierUserId = row.getUUID(at++);
    booking.verifierScannerCredentialId = row.getUUID(at++);
    booking.cancelledAt = instant();
    booking.deletedAt = instant();
    booking.cancelReason = row.getString(at++);
    booking.cancelCause = row.getString(at++);
    booking.createdAt = instant();
    booking.updatedAt = instant();
    booking.version = row.getLong(at++);
    booking.extras = ColumnJson.list(row.getString(at++), BookedExtra.class);
    booking.settlements = ColumnJson.list(row.getString(at++), Settlement.class);
    return booking;
  }

  /** Null while a slot attendee is unbilled. */
  static PaymentMethod method(String column) {
    return column == null ? null : PaymentMethod.valueOf(column);
  }

  private Instant instant() {
    return Database.instant(row.getOffsetDateTime(at++));
  }
}
