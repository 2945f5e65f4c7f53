package app.bookings.seats;

import app.bookings.database.Statement;
import app.bookings.platform.Clock;

/** The statements of {@link Seats}. */
final class SeatStatements {

  /** So many claims of one session run side by side. */
  static final int SLOTS = 16;

  private static final String ACTIVE =
      "status IN ('PENDING', 'CONFIRMED', 'CHECKED_IN', 'PENDING_PAYMENT')";

  private static final String MAY_FREE_UP_AT =
      """
      (SELECT min(hold_expires_at) FROM bookings.bookings
        WHERE session_id = $1::uuid AND status = 'PENDING') AS may_free_up_at
      """;

  /** $1 session, $2 customer or null. */
  static final Statement LOOK =
      Statement.named(
          "seats.look",
          """
          SELECT s.capacity, s.capacity_at, COALESCE(s.closed, false) AS closed, %2$s,
            (SELECT count(*) FROM bookings.bookings b
              WHERE b.session_id = q.session_id AND b.%1$s) AS active,
            EXISTS (SELECT 1 FROM bookings.bookings b
              WHERE b.session_id = q.session_id AND b.customer_id = q.customer_id AND b.%1$s)
              AS already_booked
          FROM (SELECT $1::uuid AS session_id, $2::uuid AS customer_id) q
          LEFT JOIN bookings.session_seats s ON s.session_id = q.session_id
          """
              .formatted(ACTIVE, MAY_FREE_UP_AT));

  /** $2 capacity, $3 when it was known: whether that is no news for the row {@code s}. */
  private static final String KNOWN =
      "(s.capacity IS NOT DISTINCT FROM $2::integer OR s.capacity_at >= $3::timestamptz)";

  /** $1 session, $2 capacity, $3 when it was known. */
  private static final String COUNTED_FULL =
      """
      SELECT 1 FROM bookings.session_seats s
      WHERE s.session_id = $1::uuid AND s.sold_out AND NOT s.closed
        AND %s
      """
          .formatted(KNOWN);

  /** $1 session, $2 capacity, $3 when it was known, $4 user; a row if it is sold out for them. */
  static final Statement SOLD_OUT =
      Statement.named(
          "seats.sold_out",
          """
          SELECT %s WHERE EXISTS (%s) AND NOT EXISTS (SELECT 1 FROM bookings.bookings
            WHERE session_id = $1 AND user_id = $4 AND %s)
          """
              .formatted(MAY_FREE_UP_AT, COUNTED_FULL, ACTIVE));

  /**
   * $1 session, $2 capacity, $3 when it was known, $4 booking, $5 customer, $6 user or null; and
   * what was told of them that catalog did not say later.
   */
  static final Statement WHY_NONE =
      Statement.named(
          "seats.why_none",
          """
          SELECT EXISTS (SELECT 1 FROM bookings.bookings WHERE id = $4) AS ours,
            EXISTS (SELECT 1 FROM bookings.session_seats WHERE session_id = $1 AND closed) AS closed,
            EXISTS (SELECT 1 FROM bookings.bookings
              WHERE session_id = $1 AND customer_id = $5 AND %2$s) AS booked,
            EXISTS (%1$s) AS sold_out,
            EXISTS (SELECT 1 FROM bookings.seat_slots WHERE session_id = $1 AND free > 0)
              AND EXISTS (SELECT 1 FROM bookings.session_seats s WHERE s.session_id = $1
                AND %4$s) AS others_are_at_it,
            EXISTS (SELECT 1 FROM bookings.deleted_customers WHERE customer_id = $5)
              AS customer_deleted,
            (SELECT l.user_id FROM bookings.customer_links l
              WHERE l.customer_id = $5 AND $6::uuid IS NULL) AS linked_user,
            (SELECT t.starts_at FROM bookings.session_times t
              WHERE t.session_id = $1 AND t.received_at > $3::timestamptz - %5$s) AS starts_at,
            (SELECT t.ends_at FROM bookings.session_times t
              WHERE t.session_id = $1 AND t.received_at > $3::timestamptz - %5$s) AS ends_at,
            %3$s
          """
              .formatted(COUNTED_FULL, ACTIVE, MAY_FREE_UP_AT, KNOWN, News.MARGIN_SQL));

  /** $1 session, $2 customer: what was told of them, however long ago; of its times, since $3. */
  static final Statement TOLD_OF_BOTH =
      Statement.named(
          "seats.told_of_both",
          """
          SELECT EXISTS (SELECT 1 FROM bookings.session_seats
              WHERE session_id = $1 AND closed) AS closed,
            EXISTS (SELECT 1 FROM bookings.deleted_customers WHERE customer_id = $2)
              AS customer_deleted,
            (SELECT starts_at FROM bookings.session_times
              WHERE session_id = $1 AND received_at > $3::timestamptz - %1$s) AS starts_at,
            (SELECT ends_at FROM bookings.session_times
              WHERE session_id = $1 AND received_at > $3::timestamptz - %1$s) AS ends_at
          """
              .formatted(News.MARGIN_SQL));

  /** $1 session, $2 capacity, $3 when it was known; older knowledge than ours changes nothing. */
  static final Statement LEARN_AND_LOCK =
      Statement.named(
          "seats.learn_and_lock",
          """
          INSERT INTO bookings.session_seats AS s (session_id, capacity, capacity_at)
          VALUES ($1, $2, $3)
          ON CONFLICT (session_id) DO UPDATE SET sold_out = false,
            capacity = CASE WHEN EXCLUDED.capacity_at > s.capacity_at
              THEN EXCLUDED.capacity ELSE s.capacity END,
            capacity_at = GREATEST(EXCLUDED.capacity_at, s.capacity_at)
          """);

  /**
   * $1 session, $2 capacity, $3 when its sender told it, $4 when it came; a row if it is news. What
   * one sender told is compared exactly; what catalog answered since, by our clock, with a margin.
   * From then on answers that were asked for before it came are older.
   */
  static final Statement TOLD =
      Statement.named(
          "seats.told",
          """
          INSERT INTO bookings.session_seats AS s
            (session_id, capacity, capacity_at, capacity_told_at, capacity_received_at)
          VALUES ($1, $2, $4, $3, $4)
          ON CONFLICT (session_id) DO UPDATE SET sold_out = false, capacity = EXCLUDED.capacity,
            capacity_at = GREATEST(EXCLUDED.capacity_at, s.capacity_at),
            capacity_received_at = GREATEST(EXCLUDED.capacity_at, s.capacity_at),
            capacity_told_at = EXCLUDED.capacity_told_at
          WHERE CASE WHEN s.capacity_at = s.capacity_received_at
            THEN EXCLUDED.capacity_told_at > s.capacity_told_at
              OR (EXCLUDED.capacity_told_at = s.capacity_told_at
                AND EXCLUDED.capacity IS DISTINCT FROM s.capacity)
            ELSE EXCLUDED.capacity_told_at > COALESCE(s.capacity_told_at, '-infinity')
              AND EXCLUDED.capacity_told_at + interval '%d seconds' >= s.capacity_at END
          """
              .formatted(Clock.MARGIN.toSeconds()));

  /** $1 session: whether somebody has shared out places for the capacity as it is now. */
  static final Statement STILL_SHARED =
      Statement.named(
          "seats.still_shared",
          """
          SELECT EXISTS (SELECT 1 FROM bookings.seat_slots p
            JOIN bookings.session_seats s ON s.session_id = p.session_id
            WHERE p.session_id = $1 AND p.free > 0 AND p.capacity IS NOT DISTINCT FROM s.capacity) AS dealt
          """);

  /** $1 session. */
  static final Statement TAKE_BACK =
      Statement.named("seats.take_back", "DELETE FROM bookings.seat_slots WHERE session_id = $1");

  /**
   * $1 session. A small session has fewer slots: its claims are few, and so are its rows. At most a
   * million places a slot are shared out at once, and again when they are used up: an unlimited
   * session has no number of them, and a number near the largest integer can't be calculated with.
   */
  static final Statement SHARE =
      Statement.named(
          "seats.share",
          """
          WITH places AS (
            SELECT s.capacity, CASE WHEN s.closed THEN 0
              WHEN s.capacity IS NULL THEN 1000000 * %1$d
              ELSE LEAST(1000000 * %1$d, GREATEST(0, s.capacity - (SELECT count(*)
                FROM bookings.bookings b WHERE b.session_id = $1 AND b.%2$s))) END::integer AS free
            FROM bookings.session_seats s WHERE s.session_id = $1),
          dealt AS (SELECT capacity, free, LEAST(%1$d, (free + 3) / 4) AS slots FROM places),
          slot AS (
            INSERT INTO bookings.seat_slots (session_id, slot, capacity, free)
            SELECT $1, n, capacity, free / slots + CASE WHEN n < free %% slots THEN 1 ELSE 0 END
            FROM dealt, generate_series(0, slots - 1) n)
          UPDATE bookings.session_seats SET sold_out = free = 0 FROM places WHERE session_id = $1
          RETURNING free
          """
              .formatted(SLOTS, ACTIVE));

  private SeatStatements() {}
}
