package app.bookings.faults;

import static org.assertj.core.api.Assertions.assertThat;

import app.bookings.testsupport.Bookings;
import app.bookings.testsupport.Processes;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/**
 * operating.md, "Upgrades": three replicas behind a gateway that asks for readiness, each restarted
 * under load, as a rolling upgrade does it. No request fails.
 */
class RollingIT {

  private static final int REPLICAS = 3;
  private static final int ROUNDS = 1;

  private final ScheduledExecutorService probes = Executors.newSingleThreadScheduledExecutor();
  private volatile List<Integer> ready = List.of();

  @Test
  void noRequestFails() throws IOException {
    try (Processes processes = new Processes(REPLICAS)) {
      processes.settings().put("QUARKUS_SHUTDOWN_DELAY", "PT2S");
      for (int replica = 0; replica < REPLICAS; replica++) {
        processes.start(replica);
      }
      var probing =
          probes.scheduleWithFixedDelay(() -> probe(processes), 0, 100, TimeUnit.MILLISECONDS);
      Awaitility.await().until(() -> ready.size() == REPLICAS);
      Load load = new Load(processes, () -> pick(processes));
      try {
        for (int restart = 0; restart < ROUNDS * REPLICAS; restart++) {
          int replica = restart % REPLICAS;
          int before = load.promised().size();
          assertThat(processes.stop(replica)).as("exit code").isIn(0, 143);
          processes.start(replica);
          Awaitility.await()
              .atMost(Duration.ofSeconds(30))
              .until(() -> ready.size() == REPLICAS && load.promised().size() > before);
        }
      } finally {
        load.stop();
        probing.cancel(false);
        probes.shutdown();
      }
      Aftermath.everythingHolds(
          processes, load, "RollingIT: " + ROUNDS * REPLICAS + " restarts of " + REPLICAS);
      assertThat(load.unanswered()).as("requests without an answer").isZero();
      assertThat(load.serverErrors()).as("answers of 500").isZero();
      assertThat(load.unavailable()).as("answers of 503").isZero();
    }
  }

  private void probe(Processes processes) {
    ready =
        IntStream.range(0, REPLICAS)
            .filter(replica -> processes.bookings(replica).ready())
            .boxed()
            .toList();
  }

  private Bookings pick(Processes processes) {
    List<Integer> now = ready;
    return processes.bookings(now.get(ThreadLocalRandom.current().nextInt(now.size())));
  }
}
