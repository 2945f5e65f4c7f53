package app.bookings.testsupport;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The service's own tables, held against the neighbours' ledgers (reliability.md, "Invariants").
 */
public final class Books {

  private final String jdbcUrl;
  private final String user;
  private final String password;

  public Books(Map<String, String> database) {
    this.jdbcUrl =
        "jdbc:postgresql://%s:%s/%s"
            .formatted(database.get("DB_HOST"), database.get("DB_PORT"), database.get("DB_NAME"));
    this.user = database.get("DB_USER");
    this.password = database.get("DB_PASSWORD");
  }

  /** Rows as text by column. */
  public List<Map<String, String>> query(String sql, Object... parameters) {
    try (Connection connection = DriverManager.getConnection(jdbcUrl, user, password);
        PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      List<Map<String, String>> rows = new ArrayList<>();
      if (statement.execute()) {
        try (ResultSet result = statement.getResultSet()) {
          while (result.next()) {
            Map<String, String> row = new java.util.LinkedHashMap<>();
            for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
              row.put(result.getMetaData().getColumnLabel(i), result.getString(i));
            }
            rows.add(row);
          }
        }
      }
      return rows;
    } catch (SQLException failure) {
      throw new IllegalStateException(sql, failure);
    }
  }

  /** The row of the first booking in a session. */
  public Map<String, String> bookingIn(Scene.Session session) {
    return query("SELECT * FROM bookings.bookings WHERE session_id = ?", session.id).get(0);
  }

  /** What is not as it must be once nothing is under way any more; empty when all is. */
  public List<String> disagreements(JsonObject ledger, Predicate<UUID> ofCompany) {
    List<String> wrong = new ArrayList<>();
    for (Map<String, String> booking : query(BOOKINGS)) {
      if (ofCompany.test(UUID.fromString(booking.get("company_id")))) {
        money(booking, ledger, wrong);
        uses(booking, ledger, wrong);
        history(booking, wrong);
      }
    }
    query(SEATS).forEach(row -> wrong.add("seats: " + row));
    query("SELECT * FROM bookings.settlements WHERE state IN ('DUE', 'UNDO_DUE')")
        .forEach(row -> wrong.add("unfinished: " + row));
    return wrong;
  }

  /**
   * What the neighbours hold for bookings that are not there any more: it must be nothing. For a
   * company of which nothing is left out on purpose, since ledgers do not name companies.
   */
  public List<String> movedForNobody(JsonObject ledger) {
    Set<String> there = new HashSet<>();
    query("SELECT id FROM bookings.bookings").forEach(row -> there.add(row.get("id")));
    Set<String> named = new HashSet<>();
    for (String movements : List.of("debits", "bonusDebits", "redemptions")) {
      each(ledger, movements).forEach(row -> named.add(row.getString("bookingId")));
    }
    each(ledger, "payments").forEach(row -> named.add(row.getString("sourceId")));
    // Undone before it moved: the neighbour never learned whose it was.
    named.remove(null);
    List<String> wrong = new ArrayList<>();
    for (String id : named) {
      BigDecimal held = taken(ledger, id).add(points(ledger, id));
      long uses = uses(ledger, id);
      if (!there.contains(id) && (held.signum() != 0 || uses != 0)) {
        wrong.add("purged: " + held + " and " + uses + " uses are held for booking " + id);
      }
    }
    return wrong;
  }

  /** Whether somebody of ours still has to ask a neighbour for something. */
  public boolean unfinished(String bookingId) {
    return !query(
            "SELECT 1 FROM bookings.settlements WHERE state IN ('DUE', 'UNDO_DUE')"
                + " AND booking_id = ?::uuid",
            bookingId)
        .isEmpty();
  }

  /** How a booking came to be as it is, for whoever wonders. */
  public String story(String bookingId) {
    return query(
            "SELECT to_status, cause, actor, at FROM bookings.booking_status_history"
                + " WHERE booking_id = ?::uuid ORDER BY at, id",
            bookingId)
        + "\n"
        + query(
            "SELECT kind, state, attempt, tries, due_at, failure_reason, last_error, updated_at"
                + " FROM bookings.settlements WHERE booking_id = ?::uuid ORDER BY position",
            bookingId);
  }

  public void agree(Neighbours neighbours, UUID company) {
    assertThat(disagreements(neighbours.ledger(), company::equals)).isEmpty();
  }

  private static void money(Map<String, String> booking, JsonObject ledger, List<String> wrong) {
    String id = booking.get("id");
    BigDecimal total = new BigDecimal(booking.get("total"));
    BigDecimal taken = taken(ledger, id);
    BigDecimal points = points(ledger, id);
    boolean owed = List.of("PAID", "REFUND_REJECTED").contains(booking.get("payment_state"));
    boolean waiting = booking.get("payment_state").equals("REFUND_PENDING");
    BigDecimal inPoints = total.setScale(0, RoundingMode.CEILING);
    boolean nothing = taken.signum() == 0 && points.signum() == 0;
    boolean everything =
        points.signum() == 0
            ? taken.compareTo(total) == 0
            : taken.signum() == 0 && points.compareTo(inPoints) == 0;
    // What was taken at the desk is in nobody's ledger.
    boolean atDesk =
        booking.get("payment_method") != null && booking.get("payment_method").equals("ON_SITE");
    boolean right = ((owed && !atDesk) || waiting) ? everything : nothing;
    if (!right) {
      wrong.add("money: taken " + taken + " and " + points + " points, but " + booking);
    }
  }

  private static BigDecimal taken(JsonObject ledger, String id) {
    return sum(ledger, "debits", "bookingId", id, "amount", "state", "DEBITED")
        .add(sum(ledger, "payments", "sourceId", id, "amount", "status", "succeeded"))
        .subtract(sum(ledger, "refundRequests", "bookingId", id, "amount", "status", "APPROVED"))
        .subtract(cardRefunds(ledger, id));
  }

  private static BigDecimal points(JsonObject ledger, String id) {
    return sum(ledger, "bonusDebits", "bookingId", id, "points", "state", "DEBITED");
  }

  private static BigDecimal cardRefunds(JsonObject ledger, String bookingId) {
    BigDecimal sum = BigDecimal.ZERO;
    for (Object each : ledger.getJsonArray("payments")) {
      JsonObject payment = (JsonObject) each;
      if (bookingId.equals(payment.getString("sourceId"))) {
        sum =
            sum.add(
                sum(
                    ledger,
                    "paymentRefunds",
                    "paymentId",
                    payment.getString("id"),
                    "amount",
                    "status",
                    "succeeded"));
      }
    }
    return sum;
  }

  private static long uses(JsonObject ledger, String id) {
    return each(ledger, "redemptions")
        .filter(r -> id.equals(r.getString("bookingId")))
        .filter(r -> r.getString("state").equals("REDEEMED"))
        .count();
  }

  private static Stream<JsonObject> each(JsonObject ledger, String of) {
    return ledger.getJsonArray(of).stream().map(JsonObject.class::cast);
  }

  private static void uses(Map<String, String> booking, JsonObject ledger, List<String> wrong) {
    long taken = uses(ledger, booking.get("id"));
    boolean absorbed =
        "PASS".equals(booking.get("payment_method"))
            && List.of("CONFIRMED", "CHECKED_IN", "PENDING_PAYMENT")
                .contains(booking.get("status"));
    if (taken != (absorbed ? 1 : 0)) {
      wrong.add("uses: taken " + taken + ", but " + booking);
    }
  }

  /**
   * Each change once in the history and once in the outbox, each beginning where the last ended.
   */
  private void history(Map<String, String> booking, List<String> wrong) {
    List<Map<String, String>> changes =
        query(
            "SELECT from_status, to_status FROM bookings.booking_status_history"
                + " WHERE booking_id = ?::uuid ORDER BY at, id",
            booking.get("id"));
    String status = null;
    for (Map<String, String> change : changes) {
      if (!java.util.Objects.equals(status, change.get("from_status"))) {
        wrong.add("history: " + changes + " of " + booking);
      }
      status = change.get("to_status");
    }
    if (!booking.get("status").equals(status)) {
      wrong.add("history ends with " + status + ", but " + booking);
    }
    long events =
        query(
                "SELECT 1 FROM bookings.outbox WHERE aggregateid = ?"
                    + " AND payload ->> 'previousStatus' IS DISTINCT FROM payload ->> 'status'",
                booking.get("id"))
            .size();
    if (events != changes.size()) {
      wrong.add("outbox: " + events + " events for " + changes + " of " + booking);
    }
  }

  private static BigDecimal sum(
      JsonObject ledger,
      String of,
      String key,
      String value,
      String amount,
      String state,
      String wanted) {
    return each(ledger, of)
        .filter(row -> value.equals(row.getString(key)) && wanted.equals(row.getString(state)))
        .map(row -> new BigDecimal(row.getValue(amount).toString()))
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private static final String BOOKINGS =
      """
      SELECT b.id, b.company_id, b.session_id, b.status, b.payment_state, b.payment_method,
        b.customer_entitlement_id, b.cancel_reason,
        CASE WHEN b.customer_entitlement_id IS NULL THEN b.price ELSE 0.00 END
          + COALESCE((SELECT sum(e.price_paid * e.quantity) FROM bookings.booking_extra e
              WHERE e.booking_id = b.id), 0) AS total
      FROM bookings.bookings b
      """;

  private static final String SEATS =
      """
      SELECT * FROM (
        SELECT s.session_id, s.capacity, s.sold_out AND NOT s.closed AS sold_out,
          (SELECT count(*) FROM bookings.bookings b WHERE b.session_id = s.session_id
            AND b.status IN ('PENDING', 'CONFIRMED', 'CHECKED_IN', 'PENDING_PAYMENT')) AS active,
          (SELECT COALESCE(sum(p.free), 0) FROM bookings.seat_slots p
            WHERE p.session_id = s.session_id) AS free
        FROM bookings.session_seats s) seats
      WHERE active + free > capacity OR (sold_out AND active < capacity)
      """;
}
