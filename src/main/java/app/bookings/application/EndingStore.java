package app.bookings.application;

import app.bookings.booking.Actor;
import app.bookings.booking.Transition;
import app.bookings.database.Database;
import app.bookings.database.Statement;
import app.bookings.platform.BookingsConfig;
import app.bookings.platform.Clock;
import app.bookings.storage.BookingGroupStore.Subject;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** The rows behind {@link EndingBookings}: what is to be ended, and how far that is. */
@ApplicationScoped
class EndingStore {

  /** Said again while it is under way, it changes nothing, unless other bookings are meant. */
  private static final Statement BEGIN =
      Statement.named(
          "endings.begin",
          """
          WITH deleted AS (
            INSERT INTO bookings.deleted_customers (customer_id, told_at)
            SELECT $2, $5 WHERE $1 = 'CUSTOMER' ON CONFLICT DO NOTHING)
          INSERT INTO bookings.endings AS e
            (subject, subject_id, cause, actor, due_at, begun_at, until)
          VALUES ($1, $2, $3, $4, $5, $5, $6)
          ON CONFLICT (subject, subject_id, cause) DO UPDATE SET due_at = EXCLUDED.due_at,
            begun_at = EXCLUDED.begun_at, ended_at = NULL,
            until = CASE WHEN EXCLUDED.until IS NOT NULL THEN GREATEST(e.until, EXCLUDED.until) END
          WHERE e.ended_at IS NOT NULL OR e.until IS DISTINCT FROM EXCLUDED.until
          """);

  private static final Statement CLAIM =
      Statement.named(
          "endings.claim",
          """
          UPDATE bookings.endings SET due_at = $2
          WHERE (subject, subject_id, cause) IN (
            SELECT subject, subject_id, cause FROM bookings.endings WHERE due_at <= $1
            ORDER BY due_at LIMIT 1 FOR UPDATE SKIP LOCKED)
          RETURNING subject, subject_id, cause, actor, begun_at
          """);

  private static final Statement LOOK_AGAIN =
      Statement.named(
          "endings.look_again",
          """
          UPDATE bookings.endings SET due_at = $4
          WHERE subject = $1 AND subject_id = $2 AND cause = $3 AND begun_at = $5
          """);

  private static final Statement END =
      Statement.named(
          "endings.end",
          """
          UPDATE bookings.endings SET due_at = NULL, ended_at = $4
          WHERE subject = $1 AND subject_id = $2 AND cause = $3 AND begun_at = $5
          """);

  private final Database database;
  private final BookingsConfig config;
  private final Clock clock;

  EndingStore(Database database, BookingsConfig config, Clock clock) {
    this.database = database;
    this.config = config;
    this.clock = clock;
  }

  /**
   * Every active booking of a session, or of a customer, is to be ended for this cause.
   *
   * @param begunAt null while it is not written; who ends it ends what was begun then
   */
  record Ending(Subject subject, UUID subjectId, Transition cause, Actor actor, Instant begunAt) {

    Ending(Subject subject, UUID subjectId, Transition cause, Actor actor) {
      this(subject, subjectId, cause, actor, null);
    }
  }

  /** Writes the intent. Said again after the end, it is looked at again. */
  Uni<Void> begin(Ending ending) {
    return database.statement(BEGIN, parameters(ending, null)).replaceWithVoid();
  }

  /**
   * The same within a transaction.
   *
   * @param until bookings made later are left alone; null ends them all
   */
  Uni<Void> begin(SqlConnection connection, Ending ending, Instant until) {
    return BEGIN.execute(connection, parameters(ending, until)).replaceWithVoid();
  }

  private Tuple parameters(Ending ending, Instant until) {
    return Tuple.of(
        ending.subject().name(),
        ending.subjectId(),
        ending.cause().name(),
        ending.actor().name(),
        Database.utc(clock.now()),
        Database.utc(until));
  }

  /** Claims one that is due; a claim is a lease. */
  Uni<Optional<Ending>> claim() {
    Instant now = clock.now();
    return database
        .statement(
            CLAIM, Tuple.of(Database.utc(now), Database.utc(now.plus(config.settlementLease()))))
        .map(rows -> rows.stream().findFirst().map(EndingStore::ending));
  }

  private static Ending ending(Row row) {
    return new Ending(
        Subject.valueOf(row.getString("subject")),
        row.getUUID("subject_id"),
        Transition.valueOf(row.getString("cause")),
        new Actor(row.getString("actor")),
        Database.instant(row.getOffsetDateTime("begun_at")));
  }

  /** None is left now; it is looked at once more at that time. */
  Uni<Void> lookAgain(Ending ending, Instant at) {
    return database
        .statement(
            LOOK_AGAIN,
            Tuple.of(
                ending.subject().name(),
                ending.subjectId(),
                ending.cause().name(),
                Database.utc(at),
                Database.utc(ending.begunAt())))
        .replaceWithVoid();
  }

  /** No booking is left to be ended, unless it was begun anew meanwhile. */
  Uni<Void> end(Ending ending) {
    return database
        .statement(
            END,
            Tuple.of(
                ending.subject().name(),
                ending.subjectId(),
                ending.cause().name(),
                Database.utc(clock.now()),
                Database.utc(ending.begunAt())))
        .replaceWithVoid();
  }
}
