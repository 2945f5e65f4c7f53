package app.bookings.application;

import app.bookings.database.Database;
import app.bookings.database.Statement;
import app.bookings.platform.BookingsConfig;
import app.bookings.platform.Clock;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Customers whose wallet was topped up, and the one worker at a time that asks for their debts. */
@ApplicationScoped
class TopUpStore {

  private static final Statement NOTE =
      Statement.named(
          "top_ups.note",
          """
          INSERT INTO bookings.top_ups AS t (customer_id, told_at, received_at, due_at)
          VALUES ($1, $2, $3, $3)
          ON CONFLICT (customer_id) DO UPDATE SET
            told_at = GREATEST(t.told_at, EXCLUDED.told_at),
            received_at = EXCLUDED.received_at, due_at = EXCLUDED.due_at
          """);

  private static final Statement CLAIM =
      Statement.named(
          "top_ups.claim",
          """
          UPDATE bookings.top_ups SET claim = $3, leased_until = $2
          WHERE customer_id = (
            SELECT customer_id FROM bookings.top_ups
            WHERE due_at <= $1 AND (leased_until IS NULL OR leased_until <= $1)
            ORDER BY due_at LIMIT 1 FOR UPDATE SKIP LOCKED)
          RETURNING customer_id, received_at, claim
          """);

  private static final Statement RENEW =
      Statement.named(
          "top_ups.renew",
          "UPDATE bookings.top_ups SET leased_until = $3 WHERE customer_id = $1 AND claim = $2");

  private static final Statement DONE =
      Statement.named(
          "top_ups.done",
          """
          UPDATE bookings.top_ups SET claim = NULL, leased_until = NULL,
            due_at = CASE WHEN received_at > $3 THEN due_at ELSE $4::timestamptz END
          WHERE customer_id = $1 AND claim = $2
          """);

  private final Database database;
  private final BookingsConfig config;
  private final Clock clock;

  TopUpStore(Database database, BookingsConfig config, Clock clock) {
    this.database = database;
    this.config = config;
    this.clock = clock;
  }

  /**
   * A customer whose debts this worker asks for.
   *
   * @param since when the top-up came to be known: debts are asked for once since
   */
  record Claimed(UUID customerId, Instant since, UUID claim) {}

  /**
   * There may be money now. The order of the news does not matter: asking once more is harmless.
   */
  Uni<Void> note(UUID customerId, Instant toldAt) {
    return database
        .statement(NOTE, Tuple.of(customerId, Database.utc(toldAt), Database.utc(clock.now())))
        .replaceWithVoid();
  }

  /** Claims one that is due and that no worker holds. */
  Uni<Optional<Claimed>> claim() {
    Instant now = clock.now();
    return database
        .statement(CLAIM, Tuple.of(Database.utc(now), leaseEnd(now), UUID.randomUUID()))
        .map(
            rows ->
                rows.stream()
                    .findFirst()
                    .map(
                        row ->
                            new Claimed(
                                row.getUUID("customer_id"),
                                Database.instant(row.getOffsetDateTime("received_at")),
                                row.getUUID("claim"))));
  }

  private java.time.OffsetDateTime leaseEnd(Instant now) {
    return Database.utc(now.plus(config.settlementLease()));
  }

  /** Whether the claim is still this worker's; if so, for as long as a new one. */
  Uni<Boolean> renew(Claimed claimed) {
    return database
        .statement(RENEW, Tuple.of(claimed.customerId(), claimed.claim(), leaseEnd(clock.now())))
        .map(rows -> rows.rowCount() == 1);
  }

  /**
   * Ends the claim. What was told meanwhile is due at once.
   *
   * @param again when to look again; empty for when there is news
   */
  Uni<Void> done(Claimed claimed, Optional<Duration> again) {
    return database
        .statement(
            DONE,
            Tuple.of(
                claimed.customerId(),
                claimed.claim(),
                Database.utc(claimed.since()),
                Database.utc(again.map(clock.now()::plus).orElse(null))))
        .replaceWithVoid();
  }
}
