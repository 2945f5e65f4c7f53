package app.bookings.storage;

import app.bookings.database.Database;
import app.bookings.database.Statement;
import app.bookings.platform.BookingsConfig;
import app.bookings.platform.Clock;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Which events a sink does not have yet. Replicas share them by claims. */
@ApplicationScoped
public class OutboxStore {

  /** Of every booking only the first that is missing: what came before must be there first. */
  private static final Statement CLAIM =
      Statement.named(
          "outbox.claim",
          """
          WITH claimed AS (
            UPDATE bookings.outbox_deliveries SET due_at = $3, tries = tries + 1
            WHERE sink = $1 AND event_id IN (
              SELECT d.event_id FROM bookings.outbox_deliveries d
              WHERE d.sink = $1 AND d.due_at <= $2 AND NOT EXISTS (
                SELECT 1 FROM bookings.outbox_deliveries e
                WHERE e.sink = $1 AND e.booking_id = d.booking_id AND e.seq < d.seq)
              ORDER BY d.seq LIMIT 100 FOR UPDATE SKIP LOCKED)
            RETURNING event_id, seq, tries)
          SELECT c.tries, o.id, o.aggregateid, o.type, o.payload::text AS payload, o.created_at
          FROM claimed c JOIN bookings.outbox o ON o.id = c.event_id ORDER BY c.seq
          """);

  /** $1 sinks; one that has everything is left out. */
  private static final Statement MISSING =
      Statement.named(
          "outbox.missing",
          """
          SELECT s.sink, missing.undelivered,
            (SELECT o.created_at FROM bookings.outbox_deliveries d
              JOIN bookings.outbox o ON o.id = d.event_id
              WHERE d.sink = s.sink ORDER BY d.seq LIMIT 1) AS oldest
          FROM unnest($1::text[]) AS s (sink) CROSS JOIN LATERAL (
            SELECT count(*) AS undelivered FROM bookings.outbox_deliveries d
            WHERE d.sink = s.sink OFFSET 0) missing
          WHERE missing.undelivered > 0
          """);

  private static final Statement DELIVERED =
      Statement.named(
          "outbox.delivered",
          "DELETE FROM bookings.outbox_deliveries WHERE sink = $1 AND event_id = $2");

  private static final Statement POSTPONE =
      Statement.named(
          "outbox.postpone",
          """
          UPDATE bookings.outbox_deliveries SET due_at = $3, last_error = $4
          WHERE sink = $1 AND event_id = $2
          """);

  private final Database database;
  private final BookingsConfig config;
  private final Clock clock;

  OutboxStore(Database database, BookingsConfig config, Clock clock) {
    this.database = database;
    this.config = config;
    this.clock = clock;
  }

  /**
   * An event to be sent.
   *
   * @param tries how often it was claimed for this sink
   */
  public record Outbound(
      UUID id, String bookingId, String type, String payload, Instant time, int tries) {}

  public Uni<List<Outbound>> claim(String sink) {
    Instant now = clock.now();
    return database
        .statement(
            CLAIM,
            Tuple.of(sink, Database.utc(now), Database.utc(now.plus(config.settlementLease()))))
        .map(rows -> rows.stream().map(OutboxStore::outbound).toList());
  }

  private static Outbound outbound(Row row) {
    return new Outbound(
        row.getUUID("id"),
        row.getString("aggregateid"),
        row.getString("type"),
        row.getString("payload"),
        row.getOffsetDateTime("created_at").toInstant(),
        row.getInteger("tries"));
  }

  public Uni<Void> delivered(String sink, UUID eventId) {
    return database.statement(DELIVERED, Tuple.of(sink, eventId)).replaceWithVoid();
  }

  public Uni<Void> postpone(String sink, UUID eventId, Instant until, String error) {
    return database
        .statement(POSTPONE, Tuple.of(sink, eventId, Database.utc(until), error))
        .replaceWithVoid();
  }

  /**
   * What a sink does not have yet.
   *
   * @param events how many
   * @param oldest when the first of them was written
   */
  public record Missing(String sink, long events, Instant oldest) {}

  /** What these sinks do not have yet; one that has everything is left out. */
  public Uni<List<Missing>> missing(String[] sinks) {
    return database
        .read(MISSING, Tuple.of((Object) sinks))
        .map(
            rows ->
                rows.stream()
                    .map(
                        row ->
                            new Missing(
                                row.getString("sink"),
                                row.getLong("undelivered"),
                                Database.instant(row.getOffsetDateTime("oldest"))))
                    .toList());
  }
}
