package app.bookings.events.out;

import app.bookings.background.BackgroundWork;
import app.bookings.platform.Clock;
import app.bookings.platform.Sinks;
import app.bookings.storage.OutboxStore;
import app.bookings.storage.OutboxStore.Missing;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What sinks do not have yet, and for how long (operating.md, "Metrics", outbox lag). Looked up
 * once per recovery interval, by every replica: aggregate with max, not with sum.
 */
@ApplicationScoped
class DeliveryMetrics implements BackgroundWork {

  private final OutboxStore outbox;
  private final Clock clock;
  private final String[] sinks;
  private final MultiGauge undelivered;
  private final MultiGauge lag;

  DeliveryMetrics(OutboxStore outbox, Clock clock, Sinks sinks, MeterRegistry registry) {
    this.sinks = sinks.parameter();
    this.outbox = outbox;
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
    return outbox.missing(sinks).invoke(this::show).replaceWithVoid();
  }

  private void show(List<Missing> all) {
    Instant now = clock.now();
    undelivered.register(
        all.stream().map(one -> MultiGauge.Row.of(host(one), one.events())).toList(), true);
    lag.register(
        all.stream()
            .map(
                one ->
                    MultiGauge.Row.of(host(one), Duration.between(one.oldest(), now).toSeconds()))
            .toList(),
        true);
  }

  /** The host alone: the rest of the address may hold a secret. */
  private static Tags host(Missing one) {
    return Tags.of("sink", String.valueOf(URI.create(one.sink()).getHost()));
  }
}
