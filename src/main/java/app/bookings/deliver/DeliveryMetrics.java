package app.bookings.deliver;

import app.bookings.database.Database;
import app.bookings.settle.UnfinishedWork;
import app.bookings.time.Clock;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What sinks do not have yet, and for how long (quality.md, "Operations", outbox lag). Looked up
 * once per recovery interval, by every replica: aggregate with max, not with sum.
 */
@ApplicationScoped
class DeliveryMetrics implements UnfinishedWork {

  private final Database database;
  private final Clock clock;
  private final MultiGauge undelivered;
  private final MultiGauge lag;

  DeliveryMetrics(Database database, Clock clock, MeterRegistry registry) {
    this.database = database;
    this.clock = clock;
    this.undelivered =
        MultiGauge.builder("bookings.outbox.undelivered")
            .description("events that a sink does not have yet")
            .register(registry);
    this.lag =
        MultiGauge.builder("bookings.outbox.lag")
            .description("age of the oldest event that a sink does not have yet")
            .baseUnit("seconds")
            .register(registry);
  }

  @Override
  public Uni<Void> carryOn() {
    return database
        .statement(
            """
            SELECT d.sink, count(*) AS undelivered, min(o.created_at) AS oldest
            FROM bookings.outbox_deliveries d JOIN bookings.outbox o ON o.id = d.event_id
            GROUP BY d.sink
            """,
            Tuple.tuple())
        .invoke(rows -> show(rows.stream().toList()))
        .replaceWithVoid();
  }

  private void show(List<Row> rows) {
    Instant now = clock.now();
    undelivered.register(
        rows.stream().map(row -> MultiGauge.Row.of(sink(row), row.getLong("undelivered"))).toList(),
        true);
    lag.register(
        rows.stream()
            .map(
                row ->
                    MultiGauge.Row.of(
                        sink(row),
                        Duration.between(row.getOffsetDateTime("oldest").toInstant(), now)
                            .toSeconds()))
            .toList(),
        true);
  }

  /** The host alone: the rest of the address may hold a secret. */
  private static Tags sink(Row row) {
    return Tags.of("sink", String.valueOf(URI.create(row.getString("sink")).getHost()));
  }
}
