package app.bookings.storage;

import app.bookings.database.Statement;

/** What of the rooms of bookings and events is forgotten, a batch at a time. */
public final class RetentionStatements {

  /** Bookings at once. */
  public static final int BOOKINGS_BATCH = 500;

  /** Events at once. */
  public static final int OUTBOX_BATCH = 5000;

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

  private RetentionStatements() {}
}
