package app.bookings.storage;

import app.bookings.booking.BookedExtra;
import app.bookings.booking.Booking;
import app.bookings.booking.BookingSource;
import app.bookings.booking.BookingStatus;
import app.bookings.booking.ExtraLines;
import app.bookings.booking.PaymentState;
import app.bookings.database.Database;
import app.bookings.database.Statement;
import app.bookings.settlement.PaymentMethod;
import app.bookings.view.BookingView;
import app.bookings.view.SessionBookingView;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** Lists of bookings, page by page (api.md, "Client"). */
@ApplicationScoped
public class BookingQueries {

  /** $1 sessions, $2 whether those that are over, too. */
  private static final Statement IN_SESSIONS =
      Statement.named(
          "bookings.in_sessions",
          """
          SELECT b.session_id, b.id, b.customer_id, b.status, b.payment_state, b.source,
            b.payment_method, b.price, b.currency, b.checked_in_at, b.created_at,
            %s
          FROM bookings.bookings b
          WHERE b.session_id = ANY ($1) AND b.deleted_at IS NULL
            AND ($2 OR b.status IN ('PENDING', 'CONFIRMED', 'CHECKED_IN', 'PENDING_PAYMENT'))
          ORDER BY b.created_at, b.id
          """
              .formatted(BookingColumns.EXTRAS));

  private static final Statement BY_ID =
      Statement.named(
          "bookings.by_id",
          BookingColumns.SELECT + "WHERE b.id = ANY ($1) AND b.deleted_at IS NULL ORDER BY b.id");

  private static final Statement CLAIMED_REMINDERS =
      Statement.named(
          "bookings.claimed_reminders",
          BookingColumns.SELECT
              + "WHERE b.reminder_claim = $1 AND b.deleted_at IS NULL ORDER BY b.id");

  private static final Statement ACTIVE_IN =
      Statement.named(
          "bookings.active_in",
          """
          SELECT session_id, count(*) AS active FROM bookings.bookings
          WHERE session_id = ANY ($1) AND deleted_at IS NULL
            AND status IN ('PENDING', 'CONFIRMED', 'CHECKED_IN', 'PENDING_PAYMENT')
          GROUP BY session_id
          """);

  private static final Statement LINES =
      Statement.named(
          "booking_extra.lines",
          """
          SELECT count(*) AS lines FROM bookings.booking_extra e
          JOIN bookings.bookings b ON b.id = e.booking_id
          WHERE e.extra_id = $1 AND b.deleted_at IS NULL
          """);

  private static final Statement CLAIM_REMINDERS =
      Statement.named(
          "bookings.claim_reminders",
          """
          UPDATE bookings.bookings SET reminder_sent_at = $3, reminder_claim = $4,
            updated_at = $3, version = version + 1
          WHERE id = ANY (ARRAY(
            SELECT id FROM bookings.bookings
            WHERE status = 'CONFIRMED' AND reminder_sent_at IS NULL AND deleted_at IS NULL
              AND starts_at > $3 AND starts_at < $1
              AND NOT EXISTS (SELECT 1 FROM bookings.bookings WHERE reminder_claim = $4)
            ORDER BY starts_at, id LIMIT $2 FOR UPDATE SKIP LOCKED))
          """);

  private final Database database;

  BookingQueries(Database database) {
    this.database = database;
  }

  /** The bookings of a page. */
  public Uni<List<Booking>> page(CustomerPage page) {
    CustomerPage.Selection selection = page.selection();
    return database.read(selection.statement(), selection.parameters()).map(BookingColumns::read);
  }

  /** Those of these that there are. */
  public Uni<List<Booking>> byId(List<UUID> ids) {
    return database
        .statement(BY_ID, Tuple.of((Object) ids.toArray(UUID[]::new)))
        .map(BookingColumns::read);
  }

  /**
   * The bookings of these sessions, oldest first; one statement for all. Only what catalog embeds
   * is read: there may be thousands.
   */
  public Uni<Map<UUID, List<SessionBookingView>>> inSessions(List<UUID> sessionIds, boolean ended) {
    return database
        .read(IN_SESSIONS, Tuple.of(sessionIds.toArray(UUID[]::new), ended))
        .map(
            rows ->
                rows.stream()
                    .collect(
                        Collectors.groupingBy(
                            row -> row.getUUID(0),
                            Collectors.mapping(
                                BookingQueries::ofSession, Collectors.toUnmodifiableList()))));
  }

  /** How many active bookings each of these sessions has; a session without any is left out. */
  public Uni<Map<UUID, Long>> activeIn(List<UUID> sessionIds) {
    return database
        .read(ACTIVE_IN, Tuple.of((Object) sessionIds.toArray(UUID[]::new)))
        .map(
            rows ->
                rows.stream()
                    .collect(
                        Collectors.toMap(
                            row -> row.getUUID("session_id"), row -> row.getLong("active"))));
  }

  /** Lines of an extra in bookings that there are. */
  public Uni<Long> linesOf(UUID extraId) {
    return database
        .read(LINES, Tuple.of(extraId))
        .map(rows -> rows.iterator().next().getLong("lines"));
  }

  /**
   * Hands out bookings to be reminded of, each once over all callers: what one has locked, another
   * passes over.
   *
   * @param claim names this claim: said again, it hands out the same, and claims no others
   */
  public Uni<List<Booking>> claimReminders(
      UUID claim, Instant startsBefore, int limit, Instant now) {
    return database
        .statement(
            CLAIM_REMINDERS, Tuple.of(Database.utc(startsBefore), limit, Database.utc(now), claim))
        // By the claim and not by what this statement says: its answer may be a second one.
        .chain(() -> database.statement(CLAIMED_REMINDERS, Tuple.of(claim)))
        .map(BookingColumns::read);
  }

  /** Of a row whose first column is the session. */
  private static SessionBookingView ofSession(Row row) {
    String method = row.getString(6);
    PaymentMethod paymentMethod = method == null ? null : PaymentMethod.valueOf(method);
    List<BookedExtra> extras = ColumnJson.extras(row.getString(11));
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
