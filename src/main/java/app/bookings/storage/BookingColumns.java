package app.bookings.storage;

import app.bookings.booking.Booking;
import app.bookings.booking.BookingSource;
import app.bookings.booking.BookingStatus;
import app.bookings.booking.Gate;
import app.bookings.booking.Lifecycle;
import app.bookings.booking.Parties;
import app.bookings.booking.Payment;
import app.bookings.booking.PaymentState;
import app.bookings.booking.SessionSnapshot;
import app.bookings.settlement.PaymentMethod;
import app.bookings.settlement.Settlement;
import app.bookings.settlement.Settlements;
import app.bookings.storage.Column.Cells;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The columns of {@code bookings.bookings}, each in one line (domain.md, "Tables"): what reads a
 * booking, what writes one and what changes one is made of this table.
 */
final class BookingColumns {

  /** In the order in which they are read. */
  static final List<Column<?>> ALL = new ArrayList<>();

  private static final Column<UUID> ID = fixed("id", Column.Type.ID, Booking::id);
  private static final Column<UUID> COMPANY_ID =
      fixed("company_id", Column.Type.ID, b -> b.parties().companyId());
  private static final Column<UUID> ACTIVITY_ID =
      fixed("activity_id", Column.Type.ID, b -> b.session().activityId());
  private static final Column<UUID> SESSION_ID =
      fixed("session_id", Column.Type.ID, b -> b.session().sessionId());
  private static final Column<UUID> CUSTOMER_ID =
      fixed("customer_id", Column.Type.ID, b -> b.parties().customerId());
  private static final Column<UUID> USER_ID =
      changed("user_id", Column.Type.ID, b -> b.parties().userId());
  private static final Column<BookingStatus> STATUS =
      changed("status", Column.Type.of(BookingStatus.class), Booking::status);
  private static final Column<BookingSource> SOURCE =
      fixed("source", Column.Type.of(BookingSource.class), b -> b.lifecycle().source());
  private static final Column<PaymentMethod> PAYMENT_METHOD =
      changed("payment_method", Column.Type.of(PaymentMethod.class), b -> b.payment().method());
  private static final Column<PaymentState> PAYMENT_STATE =
      changed("payment_state", Column.Type.of(PaymentState.class), b -> b.payment().state());
  private static final Column<BigDecimal> PRICE =
      fixed("price", Column.Type.MONEY, b -> b.payment().price());
  private static final Column<String> CURRENCY =
      fixed("currency", Column.Type.TEXT, b -> b.payment().currency());
  private static final Column<Boolean> WALLET_DEBITED =
      changed("wallet_debited", Column.Type.FLAG, b -> b.payment().walletDebited());
  private static final Column<Boolean> BONUS_DEBITED =
      changed("bonus_debited", Column.Type.FLAG, b -> b.payment().bonusDebited());
  private static final Column<UUID> ENTITLEMENT_ID =
      changed("customer_entitlement_id", Column.Type.ID, b -> b.payment().entitlementId());
  private static final Column<UUID> PAYMENT_ID =
      changed("payment_id", Column.Type.ID, b -> b.payment().cardPaymentId());
  private static final Column<UUID> REFUND_REQUEST_ID =
      changed("refund_request_id", Column.Type.ID, b -> b.payment().refundRequestId());
  private static final Column<String> SESSION_TITLE =
      changed("session_title", Column.Type.TEXT, b -> b.session().title());
  private static final Column<Instant> STARTS_AT =
      changed("starts_at", Column.Type.TIME, b -> b.session().startsAt());
  private static final Column<Instant> ENDS_AT =
      changed("ends_at", Column.Type.TIME, b -> b.session().endsAt());
  private static final Column<Instant> CANCELLATION_DEADLINE =
      changed("cancellation_deadline", Column.Type.TIME, b -> b.session().cancellationDeadline());
  private static final Column<Instant> HOLD_EXPIRES_AT =
      changed("hold_expires_at", Column.Type.TIME, b -> b.lifecycle().holdExpiresAt());
  private static final Column<Instant> REMINDER_SENT_AT =
      changed("reminder_sent_at", Column.Type.TIME, b -> b.lifecycle().reminderSentAt());
  private static final Column<Instant> CHECKED_IN_AT =
      changed("checked_in_at", Column.Type.TIME, b -> b.gate().checkedInAt());
  private static final Column<UUID> VERIFIER_USER_ID =
      changed("verifier_user_id", Column.Type.ID, b -> b.gate().verifierUserId());
  private static final Column<UUID> VERIFIER_SCANNER_CREDENTIAL_ID =
      changed(
          "verifier_scanner_credential_id",
          Column.Type.ID,
          b -> b.gate().verifierScannerCredentialId());
  private static final Column<Instant> CANCELLED_AT =
      changed("cancelled_at", Column.Type.TIME, b -> b.lifecycle().cancelledAt());
  private static final Column<Instant> DELETED_AT =
      fixed("deleted_at", Column.Type.TIME, b -> b.lifecycle().deletedAt());
  private static final Column<String> CANCEL_REASON =
      changed("cancel_reason", Column.Type.TEXT, b -> b.lifecycle().cancelReason());
  private static final Column<String> CANCEL_CAUSE =
      changed("cancel_cause", Column.Type.TEXT, b -> b.lifecycle().cancelCause());
  private static final Column<Instant> CREATED_AT =
      fixed("created_at", Column.Type.TIME, b -> b.lifecycle().createdAt());
  private static final Column<Instant> UPDATED_AT =
      changed("updated_at", Column.Type.TIME, b -> b.lifecycle().updatedAt());
  private static final Column<Long> VERSION =
      fixed("version", Column.Type.NUMBER, b -> b.lifecycle().version());

  /** The lines of booking {@code b} as a column. */
  static final String EXTRAS =
      """
      (SELECT json_agg(e ORDER BY e.id)::text FROM bookings.booking_extra e
          WHERE e.booking_id = b.id) AS extras\
      """;

  /** All of a booking; the reader appends its condition on {@code b}. */
  static final String SELECT =
      """
      SELECT %s,
        %s,
        (SELECT json_agg(s ORDER BY s.position)::text FROM bookings.settlements s
          WHERE s.booking_id = b.id) AS settlements
      FROM bookings.bookings b
      """
          .formatted(named("b.", column -> true), EXTRAS);

  private BookingColumns() {}

  /** Written when the booking is made, and never by a change of it. */
  private static <T> Column<T> fixed(String name, Column.Type<T> type, Function<Booking, T> value) {
    return column(name, type, value, false);
  }

  private static <T> Column<T> changed(
      String name, Column.Type<T> type, Function<Booking, T> value) {
    return column(name, type, value, true);
  }

  private static <T> Column<T> column(
      String name, Column.Type<T> type, Function<Booking, T> value, boolean changes) {
    Column<T> column = new Column<>(name, ALL.size(), type, value, changes);
    ALL.add(column);
    return column;
  }

  /** Those that a change writes, each after a prefix, separated by commas. */
  static String changed(String prefix) {
    return named(prefix, Column::changes);
  }

  private static String named(String prefix, Predicate<Column<?>> which) {
    return ALL.stream()
        .filter(which)
        .map(column -> prefix + column.name())
        .collect(Collectors.joining(", "));
  }

  /** Bookings of rows that have all columns in their order, then extras and settlements as JSON. */
  static List<Booking> read(RowSet<Row> rows) {
    return rows.stream().map(row -> booking(new Cells(row))).toList();
  }

  private static Booking booking(Cells row) {
    return Booking.restore(
        row.get(ID),
        new Parties(row.get(COMPANY_ID), row.get(CUSTOMER_ID), row.get(USER_ID)),
        new SessionSnapshot(
            row.get(ACTIVITY_ID),
            row.get(SESSION_ID),
            row.get(SESSION_TITLE),
            row.get(STARTS_AT),
            row.get(ENDS_AT),
            row.get(CANCELLATION_DEADLINE)),
        new Payment(
            row.get(PAYMENT_METHOD),
            row.get(PAYMENT_STATE),
            row.get(PRICE),
            row.get(CURRENCY),
            row.get(WALLET_DEBITED),
            row.get(BONUS_DEBITED),
            row.get(ENTITLEMENT_ID),
            row.get(PAYMENT_ID),
            row.get(REFUND_REQUEST_ID)),
        new Gate(
            row.get(CHECKED_IN_AT),
            row.get(VERIFIER_USER_ID),
            row.get(VERIFIER_SCANNER_CREDENTIAL_ID)),
        new Lifecycle(
            row.get(STATUS),
            row.get(SOURCE),
            row.get(HOLD_EXPIRES_AT),
            row.get(REMINDER_SENT_AT),
            row.get(CANCELLED_AT),
            row.get(DELETED_AT),
            row.get(CANCEL_REASON),
            row.get(CANCEL_CAUSE),
            row.get(CREATED_AT),
            row.get(UPDATED_AT),
            row.get(VERSION)),
        ColumnJson.extras(row.textAfter(ALL, 0)),
        new Settlements(ColumnJson.list(row.textAfter(ALL, 1), Settlement.class)));
  }
}
