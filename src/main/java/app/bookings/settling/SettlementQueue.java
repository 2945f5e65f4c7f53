package app.bookings.settling;

import app.bookings.database.Database;
import app.bookings.neighbours.NeighbourUnavailable;
import app.bookings.platform.Backoff;
import app.bookings.platform.BookingsConfig;
import app.bookings.platform.Clock;
import app.bookings.settlement.Settlement;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Which settlements somebody has to look at, and when. Any number of replicas claim from it at
 * once; a claim is a lease, so what a killed one had claimed is claimed again (reliability.md,
 * "How").
 */
@ApplicationScoped
class SettlementQueue {

  private static final Logger LOG = Logger.getLogger(SettlementQueue.class);
  private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30));

  /**
   * A claim is a fence: it moves on the version that every write of the booking is guarded by, and
   * the number of the settlement's claim, in the statement that makes it. The booking is locked
   * first, as whoever writes it does. Takes whatever of a booking is due.
   */
  private static final String CLAIM =
      """
      WITH fenced AS MATERIALIZED (
        SELECT b.id FROM bookings.bookings b
        WHERE b.id = ANY (ARRAY(
          SELECT s.booking_id FROM bookings.settlements s WHERE s.due_at <= $1
          ORDER BY s.due_at LIMIT %d))
        FOR UPDATE SKIP LOCKED),
      claimed AS (
        UPDATE bookings.settlements s SET due_at = $2, tries = s.tries + 1
        FROM fenced WHERE s.booking_id = fenced.id AND s.due_at <= $1
        RETURNING s.booking_id, s.id, s.tries),
      fence AS (
        UPDATE bookings.bookings b SET version = b.version + 1
        WHERE b.id IN (SELECT booking_id FROM claimed))
      SELECT booking_id, id, tries FROM claimed
      """;

  private final Database database;
  private final BookingsConfig config;
  private final Clock clock;

  SettlementQueue(Database database, BookingsConfig config, Clock clock) {
    this.database = database;
    this.config = config;
    this.clock = clock;
  }

  /**
   * Claims what is due of up to so many settlements' bookings.
   *
   * @return by booking, the number of the claim by settlement
   */
  Uni<Map<UUID, Map<UUID, Integer>>> claim(int limit) {
    Instant now = clock.now();
    return database
        .statement(
            CLAIM.formatted(limit),
            Tuple.of(Database.utc(now), Database.utc(now.plus(config.settlementLease()))))
        .map(
            rows ->
                rows.stream()
                    .collect(
                        Collectors.groupingBy(
                            (Row row) -> row.getUUID("booking_id"),
                            Collectors.toMap(
                                row -> row.getUUID("id"), row -> row.getInteger("tries")))));
  }

  /**
   * Puts a settlement off that got no answer: exponentially longer each time, with jitter, or as
   * long as the neighbour asked. It is never given up; with the last of the configured tries it is
   * logged as stuck, once: from then on the metric and the operators' list show it. Where somebody
   * else has claimed it since, it is theirs and nothing happens.
   */
  Uni<Void> postpone(Settlement settlement, NeighbourUnavailable failure) {
    long wait = BACKOFF.after(settlement.tries()).toMillis();
    if (failure.askedSeconds() != null) {
      wait = Math.max(wait, failure.askedSeconds() * 1000L);
    }
    if (settlement.tries() == config.settlementTries()) {
      LOG.errorf(
          "Settlement %s (%s, %s) of booking %s is stuck after %d tries: %s",
          settlement.id(),
          settlement.kind(),
          settlement.state(),
          settlement.bookingId(),
          settlement.tries(),
          failure.what());
    }
    return database
        .statement(
            """
            UPDATE bookings.settlements SET due_at = $2, last_error = $3
            WHERE id = $1 AND state = $4 AND tries = $5
            """,
            Tuple.of(
                settlement.id(),
                Database.utc(clock.now().plusMillis(wait)),
                failure.what(),
                settlement.state().name(),
                settlement.tries()))
        .replaceWithVoid();
  }
}
