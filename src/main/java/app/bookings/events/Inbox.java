package app.bookings.events;

import app.bookings.database.Database;
import app.bookings.time.Clock;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.ZoneOffset;

/**
 * Which events were processed. An event is noted after its effect: a crash in between has it
 * processed again, which changes nothing, since every effect is guarded by the booking's own state.
 */
@ApplicationScoped
class Inbox {

  private final Database database;
  private final Clock clock;

  Inbox(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  Uni<Boolean> has(CloudEvent event) {
    return database
        .statement(
            "SELECT 1 FROM bookings.inbox WHERE source = $1 AND id = $2",
            Tuple.of(event.source(), event.id()))
        .map(rows -> rows.rowCount() == 1);
  }

  Uni<Void> note(CloudEvent event) {
    return database
        .statement(
            """
            INSERT INTO bookings.inbox (source, id, type, received_at) VALUES ($1, $2, $3, $4)
            ON CONFLICT DO NOTHING
            """,
            Tuple.of(
                event.source(), event.id(), event.type(), clock.now().atOffset(ZoneOffset.UTC)))
        .replaceWithVoid();
  }
}
