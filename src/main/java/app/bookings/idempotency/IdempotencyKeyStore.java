package app.bookings.idempotency;

import app.bookings.database.Database;
import app.bookings.database.Statement;
import app.bookings.platform.BookingsConfig;
import app.bookings.platform.Clock;
import app.bookings.storage.KeyOwner;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** The rows behind Idempotency-Key (api.md, "Idempotency-Key"): kept for 24 hours. */
@ApplicationScoped
public class IdempotencyKeyStore {

  private static final int IDLE_KEPT = 100;

  private static final Statement TAKE =
      Statement.named(
          "idempotency_keys.take",
          """
          INSERT INTO bookings.idempotency_keys
            (caller, key, request_hash, owner, leased_until, created_at)
          VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING
          """);

  private static final Statement FIND =
      Statement.named(
          "idempotency_keys.find",
          """
          SELECT request_hash, owner, leased_until > $3 AS running, booking_id, attempt,
            status, headers, body
          FROM bookings.idempotency_keys WHERE caller = $1 AND key = $2
          """);

  private static final Statement TAKE_OVER =
      Statement.named(
          "idempotency_keys.take_over",
          """
          UPDATE bookings.idempotency_keys SET owner = $4, leased_until = $5
          WHERE caller = $1 AND key = $2 AND owner = $3 AND status IS NULL
          """);

  private static final Statement KEEP =
      Statement.named(
          "idempotency_keys.keep",
          """
          UPDATE bookings.idempotency_keys SET status = $4, headers = $5, body = $6
          WHERE caller = $1 AND key = $2 AND owner = $3 AND status IS NULL
          RETURNING booking_id IS NULL AS wrote_nothing
          """);

  private static final Statement RELEASE =
      Statement.named(
          "idempotency_keys.release",
          """
          WITH unbound AS (
            DELETE FROM bookings.idempotency_keys
            WHERE caller = $1 AND key = $2 AND owner = $3 AND booking_id IS NULL)
          UPDATE bookings.idempotency_keys SET leased_until = $4
          WHERE caller = $1 AND key = $2 AND owner = $3 AND booking_id IS NOT NULL
          """);

  private static final Statement BOUND_IDLE =
      Statement.named(
          "idempotency_keys.bound_idle",
          """
          DELETE FROM bookings.idempotency_keys WHERE caller = $1 AND key = ANY (ARRAY(
            SELECT key FROM bookings.idempotency_keys
            WHERE caller = $1 AND booking_id IS NULL AND status IS NOT NULL
            ORDER BY created_at DESC OFFSET %d LIMIT 100))
            AND booking_id IS NULL AND status IS NOT NULL
          """
              .formatted(IDLE_KEPT));

  private final Database database;
  private final Clock clock;
  private final Duration lease;

  IdempotencyKeyStore(Database database, Clock clock, BookingsConfig config) {
    this.database = database;
    this.clock = clock;
    // A request ends by its deadline; one that has not answered by twice that has died.
    this.lease = config.requestDeadline().multipliedBy(2);
  }

  /** A key as it was found. */
  record Found(
      String requestHash,
      UUID owner,
      boolean running,
      Optional<Bound> bound,
      Optional<StoredResponse> answer) {}

  /**
   * What a run of the request wrote.
   *
   * @param recorded the attempt at paying that it began, 0 for none; null where a replica of the
   *     version before bound the key, which it did before it had written
   */
  record Bound(UUID bookingId, Integer recorded) {

    int attempt() {
      return recorded == null ? 1 : recorded;
    }

    boolean maybeNothing() {
      return recorded == null;
    }
  }

  /** Takes the key for this run; false when it exists already. */
  Uni<Boolean> take(KeyOwner key, String requestHash) {
    Instant now = clock.now();
    return database
        .statement(
            TAKE,
            Tuple.tuple()
                .addValue(key.caller())
                .addValue(key.key())
                .addValue(requestHash)
                .addValue(key.owner())
                .addValue(Database.utc(now.plus(lease)))
                .addValue(Database.utc(now)))
        .map(rows -> rows.rowCount() == 1);
  }

  Uni<Optional<Found>> find(KeyOwner key) {
    return database
        .read(FIND, Tuple.of(key.caller(), key.key(), Database.utc(clock.now())))
        .map(rows -> rows.stream().findFirst().map(IdempotencyKeyStore::found));
  }

  private static Found found(Row row) {
    Integer status = row.getInteger("status");
    return new Found(
        row.getString("request_hash"),
        row.getUUID("owner"),
        row.getBoolean("running"),
        Optional.ofNullable(row.getUUID("booking_id"))
            .map(id -> new Bound(id, row.getInteger("attempt"))),
        Optional.ofNullable(status)
            .map(
                s ->
                    new StoredResponse(
                        s,
                        row.getJsonObject("headers").stream()
                            .collect(
                                Collectors.toMap(Map.Entry::getKey, e -> e.getValue().toString())),
                        row.getString("body"))));
  }

  /** Takes the key over from a run that died; false when somebody else did. */
  Uni<Boolean> takeOver(KeyOwner key, UUID from) {
    Instant now = clock.now();
    return database
        .statement(
            TAKE_OVER,
            Tuple.tuple()
                .addValue(key.caller())
                .addValue(key.key())
                .addValue(from)
                .addValue(key.owner())
                .addValue(Database.utc(now.plus(lease))))
        .map(rows -> rows.rowCount() == 1);
  }

  /**
   * Keeps the answer, if the key is still this run's and has none.
   *
   * @return whether it was kept and tells of nothing that was written
   */
  Uni<Boolean> keep(KeyOwner key, StoredResponse answer) {
    return database
        .statement(
            KEEP,
            Tuple.tuple()
                .addValue(key.caller())
                .addValue(key.key())
                .addValue(key.owner())
                .addValue(answer.status())
                .addValue(new JsonObject(new LinkedHashMap<>(answer.headers())))
                .addValue(answer.body()))
        .map(rows -> rows.stream().anyMatch(row -> row.getBoolean("wrote_nothing")));
  }

  /**
   * Gives the key free: the same one may be tried again. One that is bound to a booking stays, and
   * the next run with it answers at once.
   */
  Uni<Void> release(KeyOwner key) {
    return database
        .statement(
            RELEASE, Tuple.of(key.caller(), key.key(), key.owner(), Database.utc(clock.now())))
        .replaceWithVoid();
  }

  /**
   * Of a caller's answers that wrote nothing the newest are kept, be they refusals or not: nobody
   * fills the table with them.
   */
  Uni<Void> boundIdle(String caller) {
    return database.statement(BOUND_IDLE, Tuple.of(caller)).replaceWithVoid();
  }
}
