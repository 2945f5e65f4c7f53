package app.bookings.bill;

import app.bookings.database.Database;
import app.bookings.time.Clock;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** Which sessions are over, so that their attendees are to be billed. */
@ApplicationScoped
class Billings {

  private final Database database;
  private final Clock clock;

  Billings(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /** The session is over: its attendees are to be billed. */
  Uni<Void> finished(UUID sessionId) {
    return database
        .statement(
            """
            INSERT INTO bookings.finished_sessions (session_id, finished_at) VALUES ($1, $2)
            ON CONFLICT DO NOTHING
            """,
            Tuple.of(sessionId, Database.utc(clock.now())))
        .replaceWithVoid();
  }
}
