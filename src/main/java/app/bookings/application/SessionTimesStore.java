package app.bookings.application;

import app.bookings.database.Database;
import app.bookings.database.Statement;
import app.bookings.platform.Clock;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** The newest times that were told of a session. */
@ApplicationScoped
class SessionTimesStore {

  private static final Statement OF_SESSION =
      Statement.named(
          "session_times.of_session",
          "SELECT starts_at, ends_at FROM bookings.session_times WHERE session_id = $1");

  private static final Statement NOTE =
      Statement.named(
          "session_times.note",
          """
          INSERT INTO bookings.session_times AS t
            (session_id, starts_at, ends_at, told_at, received_at)
          VALUES ($1, $2, $3, $4, $5)
          ON CONFLICT (session_id) DO UPDATE
            SET starts_at = EXCLUDED.starts_at, ends_at = EXCLUDED.ends_at,
              told_at = EXCLUDED.told_at, received_at = CASE
                WHEN EXCLUDED.told_at > t.told_at THEN EXCLUDED.received_at
                ELSE t.received_at END
            WHERE EXCLUDED.told_at >= t.told_at
          """);

  private final Database database;
  private final Clock clock;

  SessionTimesStore(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /** From when to when a session goes. */
  record Times(Instant startsAt, Instant endsAt) {}

  /** The times that stand; empty where none were told. */
  Uni<Optional<Times>> of(UUID sessionId) {
    return database
        .read(OF_SESSION, Tuple.of(sessionId))
        .map(
            rows ->
                rows.stream()
                    .findFirst()
                    .map(
                        row ->
                            new Times(
                                Database.instant(row.getOffsetDateTime("starts_at")),
                                Database.instant(row.getOffsetDateTime("ends_at")))));
  }

  /**
   * Keeps these times, unless others were told later.
   *
   * @param toldAt by the sender's clock
   * @return whether they stand now
   */
  Uni<Boolean> note(UUID sessionId, Times times, Instant toldAt) {
    return database
        .statement(
            NOTE,
            Tuple.of(
                sessionId,
                Database.utc(times.startsAt()),
                Database.utc(times.endsAt()),
                Database.utc(toldAt),
                Database.utc(clock.now())))
        .map(rows -> rows.rowCount() == 1);
  }
}
