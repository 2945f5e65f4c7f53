package app.bookings.bill;

import app.bookings.BookingsConfig;
import app.bookings.database.Database;
import app.bookings.time.Clock;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

/** Which bookings are to be billed, and which owe something. */
@ApplicationScoped
class Billings {

  private final Database database;
  private final BookingsConfig config;
  private final Clock clock;

  Billings(Database database, BookingsConfig config, Clock clock) {
    this.database = database;
    this.config = config;
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

  /** Attendees of finished sessions, and of sessions that ended so long ago that no event came. */
  Uni<List<UUID>> unbilled(int limit) {
    return database
        .statement(
            """
            SELECT b.id FROM bookings.bookings b
            WHERE b.source = 'SLOT_ATTENDEE' AND b.payment_method IS NULL
              AND b.status IN ('CONFIRMED', 'CHECKED_IN')
              AND (b.ends_at < $1 OR EXISTS (
                SELECT 1 FROM bookings.finished_sessions f WHERE f.session_id = b.session_id))
              AND NOT EXISTS (
                SELECT 1 FROM bookings.settlements s WHERE s.booking_id = b.id)
            ORDER BY b.created_at LIMIT $2
            """,
            Tuple.of(Database.utc(clock.now().minus(config.billingGrace())), limit))
        .map(Billings::ids);
  }

  /** What a customer owes, oldest first. */
  Uni<List<UUID>> debtsOf(UUID customerId) {
    return database
        .statement(
            """
            SELECT id FROM bookings.bookings
            WHERE customer_id = $1 AND status = 'PENDING_PAYMENT' ORDER BY created_at, id
            """,
            Tuple.of(customerId))
        .map(Billings::ids);
  }

  private static List<UUID> ids(RowSet<Row> rows) {
    return rows.stream().map(row -> row.getUUID("id")).toList();
  }
}
