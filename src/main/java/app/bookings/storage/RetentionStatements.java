package app.bookings.storage;

import app.bookings.database.Statement;

/** What of the rooms of bookings and events is forgotten, a batch at a time. */
public final class RetentionStatements {

  /** Bookings at once. */
  public static final int BOOKINGS_BATCH = 500;

  /** Events at once. */
  public static final int OUTBOX_BATCH = 5000;

  /** Deliveries at once, of each sink. */
  public static final int DELIVERIES_BATCH = 1000;

  /**
   * Deleted bookings go once nothing is owed and nothing is under way, with their lines and
   * settlements; their history stays.
   */
  public static final Statement BOOKINGS =
      Statement.named(
          "retention.bookings",
          """
          DELETE FROM bookings.bookings WHERE id = ANY (ARRAY(
            SELECT b.id FROM bookings.bookings b
            WHERE b.deleted_at IS NOT NULL AND b.status IN ('CANCELLED', 'REFUNDED')
              AND b.payment_state <> 'REFUND_PENDING'
              AND NOT EXISTS (SELECT 1 FROM bookings.settlements s
                WHERE s.booking_id = b.id AND s.due_at IS NOT NULL)
            LIMIT %d))
          """
              .formatted(BOOKINGS_BATCH));

  /**
   * $1 time: events of before it that every sink has. While a sink is down its deliveries pile up,
   * and are looked at one by one instead of as a whole: OFFSET 0 keeps PostgreSQL from joining both
   * tables.
   */
  public static final Statement OUTBOX =
      Statement.named(
          "retention.outbox",
          """
          DELETE FROM bookings.outbox WHERE id = ANY (ARRAY(
            SELECT o.id FROM bookings.outbox o WHERE o.created_at < $1 AND NOT EXISTS (
              SELECT 1 FROM bookings.outbox_deliveries d WHERE d.event_id = o.id OFFSET 0)
            ORDER BY o.created_at LIMIT %d))
          """
              .formatted(OUTBOX_BATCH));

  /**
   * $1 time, $2 the sinks that there are: what is meant for any other, of events of before that
   * time. Sinks are few and looked for from one to the next, and of each only its oldest deliveries
   * are looked at, whatever has piled up.
   */
  public static final Statement DELIVERIES =
      Statement.named(
          "retention.outbox_deliveries",
          """
          WITH RECURSIVE known (sink) AS (
            SELECT min(sink) FROM bookings.outbox_deliveries
            UNION ALL
            SELECT (SELECT min(d.sink) FROM bookings.outbox_deliveries d WHERE d.sink > known.sink)
            FROM known WHERE known.sink IS NOT NULL)
          DELETE FROM bookings.outbox_deliveries WHERE ctid = ANY (ARRAY(
            SELECT oldest.ctid FROM known CROSS JOIN LATERAL (
              SELECT d.ctid, d.event_id FROM bookings.outbox_deliveries d
              WHERE d.sink = known.sink ORDER BY d.seq LIMIT %d) oldest
            WHERE known.sink <> ALL ($2::text[]) AND EXISTS (
              SELECT 1 FROM bookings.outbox o
              WHERE o.id = oldest.event_id AND o.created_at < $1 OFFSET 0)))
          """
              .formatted(DELIVERIES_BATCH));

  private RetentionStatements() {}
}
