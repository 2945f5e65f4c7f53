package app.bookings.faults;

import app.bookings.testsupport.Processes;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.BooleanSupplier;

/** What befalls the service from outside, one blow after the other. */
final class Blows implements Runnable {

  private static final int REPLICAS = 2;
  private static final int DATABASE_RESTARTS = 2;

  private final Processes processes;
  private final Random random;
  private final Tally tally;
  private final Duration length;
  private final BooleanSupplier on;

  Blows(Processes processes, Random random, Tally tally, Duration length, BooleanSupplier on) {
    this.processes = processes;
    this.random = random;
    this.tally = tally;
    this.length = length;
    this.on = on;
  }

  /** One call in ten to those that move something fails, in one of four ways. */
  static void faults(Processes processes) {
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

  @Override
  public void run() {
    long begin = System.nanoTime();
    long apart = length.toNanos() / (DATABASE_RESTARTS + 1);
    int restarts = 0;
    int replica = 0;
    while (on.getAsBoolean()) {
      Moment.in(1500 + random.nextInt(3500));
      if (System.nanoTime() - begin > (restarts + 1) * apart) {
        processes.restartDatabase();
        tally.count("database restarts");
        restarts++;
        continue;
      }
      kill(replica);
      if (random.nextInt(5) == 0) {
        kill(1 - replica);
        processes.start(1 - replica);
      }
      processes.start(replica);
      replica = (replica + 1) % REPLICAS;
    }
  }

  private void kill(int replica) {
    processes.kill(replica);
    tally.count("kills");
  }
}
