package app.bookings.storage;

import app.bookings.database.Statement;
import app.bookings.seats.News;
import app.bookings.seats.Seats;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The statements that read and write a booking as a whole. Each write is one statement, and so one
 * transaction: a place is claimed and the booking, its lines, its settlements, its history and its
 * events are written together or not at all, in one round trip.
 */
final class BookingStatements {

  private static final Map<Write, Statement.Family> NAMED =
      Map.of(
          Write.PLACE, Statement.family("bookings.place"),
          Write.PLACE_WAITING, Statement.family("bookings.place_waiting"),
          Write.CHANGE, Statement.family("bookings.change"),
          Write.CHANGE_INTO_PLACE, Statement.family("bookings.change_into_place"));

  private static final Map<Shape, Statement> STATEMENTS = new ConcurrentHashMap<>();

  /**
   * $1 caller, $2 key, $3 owner: whether the request still holds its key. The row stays locked, so
   * that nobody takes it over before this has written.
   */
  private static final String HOLD_KEY =
      """
      bound AS MATERIALIZED (
        SELECT caller, key FROM bookings.idempotency_keys
        WHERE caller = $1 AND key = $2 AND owner = $3 AND status IS NULL
        FOR UPDATE)
      """;

  /** Binds the key to what is written, and only where it is: booking $4, attempt at paying $10. */
  private static final String BIND_KEY =
      """
      kept AS (
        UPDATE bookings.idempotency_keys k SET booking_id = $4, attempt = $10
        FROM bound, booking WHERE k.caller = bound.caller AND k.key = bound.key)
      """;

  /** Without a key the same parameters are there, all null. */
  private static final String NO_KEY =
      """
      bound AS (
        SELECT 1 WHERE $1::text IS NULL AND $2::text IS NULL AND $3::uuid IS NULL
          AND $4::uuid IS NULL AND $10::integer IS NULL)
      """;

  private static final String EXTRA =
      """
      extra AS (
        INSERT INTO bookings.booking_extra SELECT r.* FROM booking,
          jsonb_populate_recordset(NULL::bookings.booking_extra, $5::text::jsonb -> 'extras') r
        ON CONFLICT (id) DO UPDATE SET quantity = EXCLUDED.quantity,
          price_paid = EXCLUDED.price_paid,
          covered_by_entitlement_id = EXCLUDED.covered_by_entitlement_id)
      """;

  private static final String SETTLEMENT =
      """
      settlement AS (
        INSERT INTO bookings.settlements SELECT r.* FROM booking,
          jsonb_populate_recordset(NULL::bookings.settlements, $6::text::jsonb) r
        ON CONFLICT (id) DO UPDATE SET state = EXCLUDED.state, neighbour_id = EXCLUDED.neighbour_id,
          checkout_url = EXCLUDED.checkout_url, failure_reason = EXCLUDED.failure_reason,
          due_at = EXCLUDED.due_at, last_error = EXCLUDED.last_error, tries = EXCLUDED.tries,
          updated_at = EXCLUDED.updated_at)
      """;

  /** A parameter that is not used must still have a type. */
  private static final String NO_SETTLEMENT =
      """
      settlement AS (SELECT $6::text)
      """;

  private static final String TOLD =
      """
      history AS (
        INSERT INTO bookings.booking_status_history SELECT r.* FROM booking,
          jsonb_populate_recordset(NULL::bookings.booking_status_history, $7::text::jsonb) r),
      event AS (
        INSERT INTO bookings.outbox (id, aggregatetype, aggregateid, type, payload, created_at)
        SELECT r.id, r.aggregatetype, r.aggregateid, r.type, r.payload, r.created_at FROM booking,
          jsonb_populate_recordset(NULL::bookings.outbox, $8::text::jsonb) r
        RETURNING id, aggregateid, seq, created_at)
      """;

  private static final String DELIVERY =
      """
      delivery AS (
        INSERT INTO bookings.outbox_deliveries (sink, event_id, booking_id, seq, due_at)
        SELECT sink, event.id, event.aggregateid, event.seq, event.created_at
        FROM event, unnest($9::text[]) AS sink)
      """;

  private static final String NO_DELIVERY =
      """
      delivery AS (SELECT $9::text[])
      """;

  /**
   * $11 session, $12 capacity (null: unlimited), $13 when it was known: whether a claim may trust
   * the slots of {@link Seats}.
   */
  private static final String CAPACITY_KNOWN =
      """
      AND EXISTS (SELECT 1 FROM bookings.session_seats s
        WHERE s.session_id = $11::uuid AND NOT s.closed
          AND (s.capacity IS NOT DISTINCT FROM $12::integer OR s.capacity_at >= $13::timestamptz))
      """;

  private static final String NOT_CLOSED =
      """
      AND $12::integer IS NULL AND EXISTS (SELECT 1 FROM bookings.session_seats s
        WHERE s.session_id = $11::uuid AND NOT s.closed)
      """;

  /**
   * What was told of customer $14 with user $15, and of the times of the session, $16 to $17: a
   * booking becomes active only by what is true of them, however long ago it was told. Times that
   * catalog said later than they were told, $13, stand; {@link News} has the margin.
   */
  private static final String AS_TOLD =
      """
      AND NOT EXISTS (SELECT 1 FROM bookings.deleted_customers d WHERE d.customer_id = $14::uuid)
      AND NOT EXISTS (SELECT 1 FROM bookings.customer_links l
        WHERE l.customer_id = $14::uuid AND $15::uuid IS NULL)
      AND NOT EXISTS (SELECT 1 FROM bookings.session_times t
        WHERE t.session_id = $11::uuid AND t.received_at > $13::timestamptz - %1$s
          AND (t.starts_at <> $16::timestamptz OR t.ends_at <> $17::timestamptz))
      """
          .formatted(News.MARGIN_SQL);

  /**
   * Takes one place out of one slot of session $11, whichever nobody else is at; so claims of one
   * session pass each other, and none waits for another's commit. The lock is held for this one
   * statement.
   */
  private static final String CLAIM =
      """
      slot AS MATERIALIZED (
        SELECT p.session_id, p.slot FROM bound, bookings.seat_slots p
        WHERE p.session_id = $11::uuid AND p.free > 0
        %s
        %s
        %s),
      place AS (
        UPDATE bookings.seat_slots p SET free = p.free - 1 FROM slot
        WHERE p.session_id = slot.session_id AND p.slot = slot.slot
        RETURNING p.session_id)
      """;

  private static final String ANY_UNLOCKED = "LIMIT 1 FOR UPDATE OF p SKIP LOCKED";

  /** Waits for a slot that others are at; random, so that not all wait for the same. */
  private static final String WAIT_FOR_ONE = "ORDER BY random() LIMIT 1 FOR UPDATE OF p";

  private static final String INSERT =
      """
      booking AS (
        INSERT INTO bookings.bookings SELECT r.* FROM place,
          jsonb_populate_record(NULL::bookings.bookings, $5::text::jsonb) r
        RETURNING id)
      """;

  private static final String UPDATE =
      """
      booking AS (
        UPDATE bookings.bookings b SET (%2$s, version) = (%3$s, b.version + 1)
        FROM %1$s, jsonb_populate_record(NULL::bookings.bookings, $5::text::jsonb) r
        WHERE b.id = r.id AND b.version = r.version
        RETURNING b.id, b.session_id)
      """;

  /**
   * $11: whether the change gives the place up; the next claim counts the session's places anew.
   */
  private static final String FREE =
      """
      place AS (
        UPDATE bookings.session_seats s SET sold_out = false
        FROM booking WHERE $11::boolean AND s.session_id = booking.session_id
        RETURNING s.session_id)
      """;

  private static final String PLACED =
      """
      SELECT (SELECT count(*) FROM bound) AS bound, (SELECT count(*) FROM place) AS places,
        (SELECT count(*) FROM booking) AS written
      """;

  /** What is written, where to. */
  enum Write {
    /** A new booking into a place; a slot that others are at is passed over. */
    PLACE,
    /** The same, waiting for a slot that others are at. */
    PLACE_WAITING,
    /** A booking that keeps its place or gives it up. */
    CHANGE,
    /**
     * A booking that takes a place of session $11 again. Should the booking have moved on, the
     * place stays taken out of its slot, until places are counted anew: before anybody is refused.
     */
    CHANGE_INTO_PLACE
  }

  /**
   * Which of the statements of a write. What there is nothing to write of is left out: PostgreSQL
   * need not set it up, and most bookings have no extras.
   */
  record Shape(Write write, boolean keyed, boolean extras, boolean settlements, boolean delivered) {

    /** The same text every time, which is how the client knows it again. */
    Statement statement() {
      return STATEMENTS.computeIfAbsent(this, shape -> NAMED.get(write).of(shape.compose()));
    }

    Shape with(Write other) {
      return new Shape(other, keyed, extras, settlements, delivered);
    }

    private String compose() {
      List<String> parts = new ArrayList<>();
      parts.add(keyed ? HOLD_KEY : NO_KEY);
      switch (write) {
        case PLACE ->
            parts.addAll(List.of(CLAIM.formatted(CAPACITY_KNOWN, AS_TOLD, ANY_UNLOCKED), INSERT));
        case PLACE_WAITING ->
            parts.addAll(List.of(CLAIM.formatted(CAPACITY_KNOWN, AS_TOLD, WAIT_FOR_ONE), INSERT));
        case CHANGE -> parts.addAll(List.of(change("bound"), FREE));
        case CHANGE_INTO_PLACE ->
            parts.addAll(
                List.of(
                    CLAIM.formatted(NOT_CLOSED, AS_TOLD, WAIT_FOR_ONE), change("bound, place")));
      }
      if (keyed) {
        parts.add(BIND_KEY);
      }
      if (extras) {
        parts.add(EXTRA);
      }
      parts.add(settlements ? SETTLEMENT : NO_SETTLEMENT);
      parts.add(TOLD);
      parts.add(delivered ? DELIVERY : NO_DELIVERY);
      return "WITH " + String.join(",\n", parts) + PLACED;
    }
  }

  private static String change(String from) {
    return UPDATE.formatted(from, BookingColumns.changed(""), BookingColumns.changed("r."));
  }

  private BookingStatements() {}
}
