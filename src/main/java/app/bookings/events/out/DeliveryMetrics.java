package app.bookings.events.out;

import app.bookings.background.BackgroundWork;
import app.bookings.database.Database;
import app.bookings.platform.Clock;
import app.bookings.platform.Sinks;
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
class DeliveryMetrics implements BackgroundWork {

  /** $1 sinks; one that has everything is left out. */
  private static final String MISSING =
      """
      SELECT s.sink, missing.undelivered,
        (SELECT o.created_at FROM bookings.outbox_deliveries d
          JOIN bookings.outbox o ON o.id = d.event_id
          WHERE d.sink = s.sink ORDER BY d.seq LIMIT 1) AS oldest
      FROM unnest($1::text[]) AS s (sink) CROSS JOIN LATERAL (
        SELECT count(*) AS undelivered FROM bookings.outbox_deliveries d
        WHERE d.sink = s.sink OFFSET 0) missing
      WHERE missing.undelivered > 0
      """;

  private final Database database;
  private final Clock clock;
  private final String[] sinks;
  private final MultiGauge undelivered;
  private final MultiGauge lag;

  DeliveryMetrics(Database database, Clock clock, Sinks sinks, MeterRegistry registry) {
    this.sinks = sinks.parameter();
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
    if (sinks.length == 0) {
      return Uni.createFrom().voidItem();
    }
    return database
        .read(MISSING, Tuple.of((Object) sinks))
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
