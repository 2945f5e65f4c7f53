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
  private static final List<String> NEIGHBOURS =
      List.of("companies", "passes", "wallet", "payments");

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
      for (String neighbour : NEIGHBOURS) {
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
      boolean due = System.nanoTime() - begin > (restarts + 1) * apart;
      if (due && restarts < DATABASE_RESTARTS) {
        restarts++;
        restartDatabase();
        continue;
      }
      if (random.nextInt(3) == 0) {
        outage();
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

  /** Now and then it is away for longer than a request waits. */
  private void restartDatabase() {
    processes.stopDatabase();
    if (random.nextBoolean()) {
      Moment.in(2000 + random.nextInt(6000));
    }
    processes.startDatabase();
    tally.count("database restarts");
  }

  /** One of them does not answer at all, so many times: who asks it has to give up. */
  private void outage() {
    String neighbour = NEIGHBOURS.get(random.nextInt(NEIGHBOURS.size()));
    processes
        .neighbours()
        .fault(
            new JsonObject()
                .put("neighbour", neighbour)
                .put("path", "/api/internal/")
                .put("kind", "DROP_BEFORE")
                .put("times", 10 + random.nextInt(20)));
    tally.count("outages");
  }

  private void kill(int replica) {
    processes.kill(replica);
    tally.count("kills");
  }
}
