package app.bookings.application;

import app.bookings.application.EndingStore.Ending;
import app.bookings.booking.Actor;
import app.bookings.booking.Transition;
import app.bookings.database.Database;
import app.bookings.database.Statement;
import app.bookings.platform.Clock;
import app.bookings.seats.Seats;
import app.bookings.storage.BookingGroupStore.Subject;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.UUID;

/**
 * What was told of a session, kept with the time it was told (reliability.md, "Facts that outlive
 * an event"). Whether it takes bookings follows from all of it, so that neither order nor repeats
 * make a difference; the flag that claims look at changes in the same transaction.
 */
@ApplicationScoped
public class SessionFactStore {

  /** $1 session, $2 told, $3 received; a row if it is news. */
  private static final Statement CALLED_OFF =
      Statement.named(
          "session_facts.called_off",
          """
          INSERT INTO bookings.session_facts AS f (session_id, called_off_at, called_off_received_at)
          VALUES ($1, $2, $3)
          ON CONFLICT (session_id) DO UPDATE SET called_off_at = EXCLUDED.called_off_at,
            called_off_received_at = EXCLUDED.called_off_received_at
          WHERE EXCLUDED.called_off_at > COALESCE(f.called_off_at, '-infinity')
          """);

  private static final Statement REOPENED =
      Statement.named(
          "session_facts.reopened",
          """
          INSERT INTO bookings.session_facts AS f (session_id, reopened_at) VALUES ($1, $2)
          ON CONFLICT (session_id) DO UPDATE
            SET reopened_at = GREATEST(f.reopened_at, EXCLUDED.reopened_at)
          """);

  private static final Statement DELETED =
      Statement.named(
          "session_facts.deleted",
          """
          INSERT INTO bookings.session_facts AS f (session_id, deleted_at) VALUES ($1, $2)
          ON CONFLICT (session_id) DO UPDATE
            SET deleted_at = LEAST(f.deleted_at, EXCLUDED.deleted_at)
          """);

  /** Undoes the cancellation that is known, and none that will be told later. */
  private static final Statement ON_OFFER =
      Statement.named(
          "session_facts.on_offer",
          """
          UPDATE bookings.session_facts SET reopened_at = called_off_at
          WHERE session_id = $1 AND called_off_at > COALESCE(reopened_at, '-infinity')
            AND called_off_received_at + interval '%d seconds' < $2
          """
              .formatted(Clock.MARGIN.toSeconds()));

  /** Of a cancellation and a reopening at the same time, the reopening is the later one. */
  private static final Statement DERIVE =
      Statement.named(
          "session_seats.close_or_open",
          """
          INSERT INTO bookings.session_seats (session_id, capacity, capacity_at, closed)
          SELECT session_id, NULL, to_timestamp(0), deleted_at IS NOT NULL
            OR COALESCE(called_off_at > COALESCE(reopened_at, '-infinity'), false)
          FROM bookings.session_facts WHERE session_id = $1
          ON CONFLICT (session_id) DO UPDATE SET closed = EXCLUDED.closed, sold_out = false
          RETURNING closed
          """);

  /** What the cancellation meant are the bookings that were there when it came. */
  private static final Statement BOUND =
      Statement.named(
          "endings.bound",
          """
          UPDATE bookings.endings e SET until = f.called_off_received_at
          FROM bookings.session_facts f
          WHERE e.subject = 'SESSION' AND e.subject_id = $1 AND e.cause = 'SESSION_CANCELLED'
            AND e.until IS NULL AND f.session_id = $1
          """);

  private final Database database;
  private final EndingStore endings;
  private final Clock clock;

  SessionFactStore(Database database, EndingStore endings, Clock clock) {
    this.database = database;
    this.endings = endings;
    this.clock = clock;
  }

  /**
   * The session takes no more bookings, and those it has are to be ended. Was it reopened after
   * that, it stays open, and only what was booked before ends, by two clocks: a booking that was
   * made at about that time may stay.
   */
  Uni<Void> calledOff(UUID sessionId, Instant toldAt, Actor actor) {
    Ending ending = new Ending(Subject.SESSION, sessionId, Transition.SESSION_CANCELLED, actor);
    Tuple fact = Tuple.of(sessionId, Database.utc(toldAt), Database.utc(clock.now()));
    return database.transaction(
        connection ->
            CALLED_OFF
                .execute(connection, fact)
                .flatMap(
                    rows ->
                        derive(connection, sessionId)
                            .flatMap(
                                closed -> {
                                  if (closed) {
                                    return endings.begin(connection, ending, null);
                                  }
                                  return rows.rowCount() == 1
                                      ? endings.begin(connection, ending, toldAt)
                                      : Uni.createFrom().voidItem();
                                })));
  }

  /** For ever: the session takes no more bookings, and those it has are to be ended. */
  Uni<Void> deleted(UUID sessionId, Instant toldAt, Actor actor) {
    Ending ending = new Ending(Subject.SESSION, sessionId, Transition.SESSION_DELETED, actor);
    return database.transaction(
        connection ->
            tell(connection, DELETED, sessionId, toldAt)
                .chain(() -> endings.begin(connection, ending, null)));
  }

  /** Takes bookings again, unless it was called off later, or deleted. */
  Uni<Void> reopened(UUID sessionId, Instant toldAt) {
    return database
        .transaction(connection -> tell(connection, REOPENED, sessionId, toldAt))
        .replaceWithVoid();
  }

  /**
   * Catalog had the session on offer at this time, by our clock. Clearly after the news that it was
   * called off came, that is news too.
   *
   * @return whether the session takes bookings
   */
  public Uni<Boolean> onOffer(UUID sessionId, Instant askedAt) {
    return database
        .transaction(connection -> tell(connection, ON_OFFER, sessionId, askedAt))
        .map(closed -> !closed);
  }

  private static Uni<Boolean> tell(SqlConnection connection, Statement fact, UUID id, Instant at) {
    return fact.execute(connection, Tuple.of(id, Database.utc(at)))
        .chain(() -> derive(connection, id));
  }

  /** Sets the flag that claims look at; whether the session is closed. */
  private static Uni<Boolean> derive(SqlConnection connection, UUID sessionId) {
    return DERIVE
        .execute(connection, Tuple.of(sessionId))
        .flatMap(
            rows -> {
              boolean closed = rows.rowCount() == 0 || rows.iterator().next().getBoolean("closed");
              Uni<?> follows =
                  closed
                      ? Seats.takeBack(connection, sessionId)
                      : BOUND.execute(connection, Tuple.of(sessionId));
              return follows.replaceWith(closed);
            });
  }
}
