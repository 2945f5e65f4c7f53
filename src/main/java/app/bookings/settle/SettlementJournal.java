package app.bookings.settle;

import app.bookings.BookingsConfig;
import app.bookings.booking.Settlement;
import app.bookings.database.Database;
import app.bookings.time.Clock;
import app.bookings.upstream.UpstreamUnavailable;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Which settlements somebody has to look at, and when. Any number of replicas claim from it at
 * once; a claim is a lease, so what a killed one had claimed is claimed again (reliability.md,
 * "How").
 */
@ApplicationScoped
class SettlementJournal {

  private static final Logger LOG = Logger.getLogger(SettlementJournal.class);
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

  private static final String CLAIM =
      """
      UPDATE bookings.settlements SET due_at = $2, tries = tries + 1
      WHERE id IN (
        SELECT id FROM bookings.settlements WHERE due_at <= $1
        ORDER BY due_at LIMIT %d FOR UPDATE SKIP LOCKED)
      RETURNING booking_id, id
      """;

  private final Database database;
  private final BookingsConfig config;
  private final Clock clock;

  SettlementJournal(Database database, BookingsConfig config, Clock clock) {
    this.database = database;
    this.config = config;
    this.clock = clock;
  }

  /** Claims up to so many settlements that are due; by booking. */
  Uni<Map<UUID, Set<UUID>>> claim(int limit) {
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
                            Collectors.mapping(row -> row.getUUID("id"), Collectors.toSet()))));
  }

  /** Bookings whose hold has run out. */
  Uni<List<UUID>> expired(int limit) {
    return database
        .statement(
            """
            SELECT id FROM bookings.bookings
            WHERE status = 'PENDING' AND hold_expires_at <= $1 ORDER BY hold_expires_at LIMIT $2
            """,
            Tuple.of(Database.utc(clock.now()), limit))
        .map(rows -> rows.stream().map(row -> row.getUUID("id")).toList());
  }

  /**
   * Puts a settlement off that got no answer: exponentially longer each time, with jitter, or as
   * long as the neighbour asked. It is never given up; after the configured tries it is logged as
   * stuck.
   */
  Uni<Void> postpone(Settlement settlement, UpstreamUnavailable failure) {
    long doubled = 500L << Math.min(settlement.tries(), 16);
    long millis = Math.min(LONGEST_WAIT.toMillis(), doubled);
    long wait = millis / 2 + ThreadLocalRandom.current().nextLong(millis / 2 + 1);
    if (failure.retryAfterSeconds() != null) {
      wait = Math.max(wait, failure.retryAfterSeconds() * 1000L);
    }
    if (settlement.tries() >= config.settlementTries()) {
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
            WHERE id = $1 AND state = $4
            """,
            Tuple.of(
                settlement.id(),
                Database.utc(clock.now().plusMillis(wait)),
                failure.what(),
                settlement.state().name()))
        .replaceWithVoid();
  }
}
