package app.bookings.platform;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Set;
import java.util.stream.DoubleStream;

/** Histograms of requests and of calls to neighbours, with buckets that people alert on. */
@Singleton
class LatencyHistograms {

  private static final Set<String> MEASURED =
      Set.of("http.server.requests", "bookings.upstream.calls");

  private static final double[] BUCKETS =
      DoubleStream.of(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5)
          .map(seconds -> seconds * Duration.ofSeconds(1).toNanos())
          .toArray();

  @Produces
  @Singleton
  MeterFilter buckets() {
    return new MeterFilter() {
      @Override
      public DistributionStatisticConfig configure(
          Meter.Id id, DistributionStatisticConfig config) {
        return MEASURED.contains(id.getName())
            ? DistributionStatisticConfig.builder()
                .serviceLevelObjectives(BUCKETS)
                .build()
                .merge(config)
            : config;
      }
    };
  }
}
