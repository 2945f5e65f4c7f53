package app.bookings.faults;

import static org.assertj.core.api.Assertions.assertThat;

import app.bookings.testsupport.Processes;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * reliability.md, "Fault model": the packaged service, two replicas, under load, with neighbours
 * that fail one call in ten; killed again and again, and then its database. After recovery every
 * invariant holds.
 */
class KillIT {

  private static final int KILLS = 20;
  private static final int REPLICAS = 2;

  private Processes processes;

  @BeforeEach
  void start() {
    processes = new Processes(REPLICAS);
    processes
        .settings()
        .putAll(
            Map.of(
                "BOOKINGS_UPSTREAM_TIMEOUT", "PT0.5S",
                "BOOKINGS_RECOVERY_INTERVAL", "PT0.5S",
                "BOOKINGS_SETTLEMENT_LEASE", "PT3S"));
    for (int replica = 0; replica < REPLICAS; replica++) {
      processes.start(replica);
    }
    for (String kind : List.of("ERROR_BEFORE", "ERROR_AFTER", "DROP_AFTER", "GARBAGE_AFTER")) {
      for (String neighbour : List.of("companies", "passes", "wallet", "payments")) {
        processes
            .neighbours()
            .fault(
                new JsonObject()
                    .put("neighbour", neighbour)
                    .put("path", "/api/internal/")
                    .put("kind", kind)
                    .put("probability", 0.025));
      }
    }
  }

  @AfterEach
  void stop() throws IOException {
    processes.close();
  }

  @Test
  void killedUnderLoad() {
    Load load = new Load(processes, REPLICAS);
    try {
      for (int kill = 0; kill < KILLS; kill++) {
        int replica = kill % REPLICAS;
        Moment.in(300 + ThreadLocalRandom.current().nextInt(1200));
        processes.kill(replica);
        processes.start(replica);
      }
      load.stop();
      Aftermath.everythingHolds(processes, load, "KillIT: " + KILLS + " kills");
    } finally {
      load.stop();
    }
  }

  @Test
  void itsDatabaseRestartedUnderLoad() {
    int restarts = 3;
    Load load = new Load(processes, REPLICAS);
    try {
      for (int restart = 0; restart < restarts; restart++) {
        Moment.in(3000);
        processes.restartDatabase();
      }
      Moment.in(3000);
      load.stop();
      Aftermath.everythingHolds(
          processes, load, "KillIT: " + restarts + " restarts of PostgreSQL, immediate mode");
      assertThat(load.serverErrors()).as("answers of 500").isZero();
    } finally {
      load.stop();
    }
  }
}
