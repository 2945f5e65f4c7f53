package app.bookings.settling;

import app.bookings.background.BackgroundWork;
import app.bookings.database.Database;
import app.bookings.database.Statement;
import app.bookings.neighbours.Neighbour;
import app.bookings.neighbours.NeighbourCalls;
import app.bookings.platform.BookingsConfig;
import app.bookings.platform.Clock;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.smallrye.faulttolerance.api.CircuitBreakerState;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What people alert on (operating.md, "Metrics"): unfinished settlements by kind and state, the age
 * of the oldest in seconds, how many are stuck; and which breakers are closed. Looked up once per
 * recovery interval, by every replica: aggregate with max, not with sum.
 */
@ApplicationScoped
class SettlementMetrics implements BackgroundWork {

  private static final Statement UNFINISHED =
      Statement.named(
          "settlements.unfinished",
          """
          SELECT kind, state, count(*) AS unfinished, min(created_at) AS oldest,
            count(*) FILTER (WHERE tries >= $1 AND state <> 'AWAITING') AS stuck
          FROM bookings.settlements WHERE due_at IS NOT NULL GROUP BY kind, state
          """);

  private final Database database;
  private final BookingsConfig config;
  private final Clock clock;
  private final MultiGauge unfinished;
  private final MultiGauge oldest;
  private final MultiGauge stuck;

  SettlementMetrics(
      Database database,
      BookingsConfig config,
      Clock clock,
      MeterRegistry registry,
      NeighbourCalls neighbours) {
    this.database = database;
    this.config = config;
    this.clock = clock;
    this.unfinished =
        MultiGauge.builder("bookings.settlements.unfinished")
            .description("settlements that are not finished")
            .register(registry);
    this.oldest =
        MultiGauge.builder("bookings.settlements.oldest.age")
            .description("age of the oldest unfinished settlement")
            .baseUnit("seconds")
            .register(registry);
    this.stuck =
        MultiGauge.builder("bookings.settlements.stuck")
            .description("unfinished settlements that were asked for in vain too often")
            .register(registry);
    for (Neighbour neighbour : Neighbour.values()) {
      Gauge.builder("bookings.upstream.breaker", () -> openness(neighbours.breaker(neighbour)))
          .description("0 closed, 1 open, 2 half open")
          .tag("upstream", neighbour.label())
          .register(registry);
    }
  }

  private static int openness(CircuitBreakerState state) {
    return switch (state) {
      case CLOSED -> 0;
      case OPEN -> 1;
      case HALF_OPEN -> 2;
    };
  }

  /** Looks again. */
  @Override
  public Uni<Void> carryOn() {
    return database
        .read(UNFINISHED, Tuple.of(config.settlementTries()))
        .invoke(rows -> show(rows.stream().toList()))
        .replaceWithVoid();
  }

  private void show(List<Row> rows) {
    Instant now = clock.now();
    unfinished.register(
        rows.stream().map(r -> MultiGauge.Row.of(tags(r), r.getLong("unfinished"))).toList(), true);
    stuck.register(
        rows.stream().map(r -> MultiGauge.Row.of(tags(r), r.getLong("stuck"))).toList(), true);
    oldest.register(
        rows.stream()
            .map(
                r ->
                    MultiGauge.Row.of(
                        tags(r),
                        Duration.between(r.getOffsetDateTime("oldest").toInstant(), now)
                            .toSeconds()))
            .toList(),
        true);
  }

  private static Tags tags(Row row) {
    return Tags.of("kind", row.getString("kind"), "state", row.getString("state"));
  }
}
