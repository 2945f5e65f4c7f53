package app.bookings.application;

import app.bookings.database.Database;
import app.bookings.database.Statement;
import app.bookings.platform.Clock;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.UUID;

/** Which sessions are over, so that their attendees are to be billed. */
@ApplicationScoped
class FinishedSessionStore {

  private static final Statement NOTE =
      Statement.named(
          "finished_sessions.note",
          """
          INSERT INTO bookings.finished_sessions AS f (session_id, finished_at, told_at)
          VALUES ($1, $2, $3)
          ON CONFLICT (session_id) DO UPDATE SET told_at = GREATEST(f.told_at, EXCLUDED.told_at)
          """);

  private final Database database;
  private final Clock clock;

  FinishedSessionStore(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /** The session is over: its attendees are to be billed. */
  Uni<Void> finished(UUID sessionId, Instant toldAt) {
    return database
        .statement(NOTE, Tuple.of(sessionId, Database.utc(clock.now()), Database.utc(toldAt)))
        .replaceWithVoid();
  }
}
