package app.bookings.end;

import app.bookings.BookingsConfig;
import app.bookings.booking.Actor;
import app.bookings.booking.Seats;
import app.bookings.booking.Transition;
import app.bookings.database.Database;
import app.bookings.time.Clock;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** The rows behind {@link EndingBookings}: what is to be ended, and how far that is. */
@ApplicationScoped
class Endings {

  private static final String BEGIN =
      """
      WITH seats AS (
        INSERT INTO bookings.session_seats (session_id, capacity, capacity_at, closed)
        SELECT $2, NULL, to_timestamp(0), true WHERE $1 = 'SESSION'
        ON CONFLICT (session_id) DO UPDATE SET closed = true),
      deleted AS (
        INSERT INTO bookings.deleted_customers (customer_id, told_at)
        SELECT $2, $5 WHERE $1 = 'CUSTOMER' ON CONFLICT DO NOTHING)
      INSERT INTO bookings.endings (subject, subject_id, cause, actor, due_at, begun_at)
      VALUES ($1, $2, $3, $4, $5, $5)
      ON CONFLICT (subject, subject_id, cause) DO UPDATE SET due_at = EXCLUDED.due_at
        WHERE endings.ended_at IS NOT NULL
      """;

  private static final String CLAIM =
      """
      UPDATE bookings.endings SET due_at = $2
      WHERE (subject, subject_id, cause) IN (
        SELECT subject, subject_id, cause FROM bookings.endings WHERE due_at <= $1
        ORDER BY due_at LIMIT %d FOR UPDATE SKIP LOCKED)
      RETURNING subject, subject_id, cause, actor
      """;

  private final Database database;
  private final BookingsConfig config;
  private final Clock clock;

  Endings(Database database, BookingsConfig config, Clock clock) {
    this.database = database;
    this.config = config;
    this.clock = clock;
  }

  /** Every active booking of a session, or of a customer, is to be ended for this cause. */
  record Ending(Subject subject, UUID subjectId, Transition cause, Actor actor) {}

  /** Whose bookings end. */
  enum Subject {
    SESSION("session_id"),
    CUSTOMER("customer_id");

    private final String column;

    Subject(String column) {
      this.column = column;
    }
  }

  /**
   * Writes the intent; from then on the session takes no more bookings, and those that were on
   * their way are in. Said again after the end, it is looked at again.
   */
  Uni<Void> begin(Ending ending) {
    Tuple parameters =
        Tuple.of(
            ending.subject().name(),
            ending.subjectId(),
            ending.cause().name(),
            ending.actor().name(),
            Database.utc(clock.now()));
    return database.transaction(
        connection ->
            connection
                .preparedQuery(BEGIN)
                .execute(parameters)
                .chain(
                    () ->
                        ending.subject() == Subject.SESSION
                            ? Seats.takeBack(connection, ending.subjectId())
                            : Uni.createFrom().voidItem()));
  }

  /** From now on nobody sees these bookings. */
  Uni<Void> hide(Ending ending) {
    return database
        .statement(
            """
            UPDATE bookings.bookings SET deleted_at = $2, version = version + 1
            WHERE %s = $1 AND deleted_at IS NULL
            """
                .formatted(ending.subject().column),
            Tuple.of(ending.subjectId(), Database.utc(clock.now())))
        .replaceWithVoid();
  }

  /** Deleted bookings go once nothing is owed and nothing is under way; their history stays. */
  Uni<Void> purge() {
    return database
        .statement(
            """
            DELETE FROM bookings.bookings WHERE id = ANY (ARRAY(
              SELECT b.id FROM bookings.bookings b
              WHERE b.deleted_at IS NOT NULL AND b.status IN ('CANCELLED', 'REFUNDED')
                AND b.payment_state <> 'REFUND_PENDING'
                AND NOT EXISTS (SELECT 1 FROM bookings.settlements s
                  WHERE s.booking_id = b.id AND s.due_at IS NOT NULL)
              LIMIT 500))
            """,
            Tuple.tuple())
        .replaceWithVoid();
  }

  /** Claims what is due; a claim is a lease. */
  Uni<List<Ending>> claim(int limit) {
    Instant now = clock.now();
    return database
        .statement(
            CLAIM.formatted(limit),
            Tuple.of(Database.utc(now), Database.utc(now.plus(config.settlementLease()))))
        .map(rows -> rows.stream().map(Endings::ending).toList());
  }

  private static Ending ending(Row row) {
    return new Ending(
        Subject.valueOf(row.getString("subject")),
        row.getUUID("subject_id"),
        Transition.valueOf(row.getString("cause")),
        new Actor(row.getString("actor")));
  }

  /** The next bookings to be ended, oldest first. */
  Uni<List<UUID>> active(Subject subject, UUID subjectId, int limit) {
    return database
        .read(
            """
            SELECT id FROM bookings.bookings WHERE %s = $1
              AND status IN ('PENDING', 'CONFIRMED', 'CHECKED_IN', 'PENDING_PAYMENT')
            ORDER BY created_at LIMIT $2
            """
                .formatted(subject.column),
            Tuple.of(subjectId, limit))
        .map(rows -> rows.stream().map(row -> row.getUUID("id")).toList());
  }

  /** No booking is left to be ended. */
  Uni<Void> end(Ending ending) {
    return database
        .statement(
            """
            UPDATE bookings.endings SET due_at = NULL, ended_at = $4
            WHERE subject = $1 AND subject_id = $2 AND cause = $3
            """,
            Tuple.of(
                ending.subject().name(),
                ending.subjectId(),
                ending.cause().name(),
                Database.utc(clock.now())))
        .replaceWithVoid();
  }
}
