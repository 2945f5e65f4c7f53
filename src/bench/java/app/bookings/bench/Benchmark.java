package app.bookings.bench;

import app.bookings.bench.Tool.Measured;
import app.bookings.testsupport.Processes;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The table of performance.md, "Measured": PostgreSQL with fsync, the packaged service, the
 * neighbours as another process, wrk and pgbench, all on one machine; medians of interleaved
 * rounds.
 */
public final class Benchmark {

  private static final int ROUNDS = 3;
  private static final int SECONDS = 5;
  private static final int WARM_UP_ROUNDS = 6;
  private static final String ON_SITE = "{\"paymentMethod\":\"ON_SITE\"}";
  private static final String WALLET = "{\"paymentMethod\":\"WALLET\"}";

  private final Processes processes;
  private final Stage stage;
  private final Results results = new Results();
  private int offset;

  private Benchmark(Processes processes) throws IOException {
    this.processes = processes;
    this.stage = new Stage(processes);
  }

  /** Measures the application folder that {@code -Pfast-start} made. */
  public static void main(String... arguments) throws IOException {
    Path application = Path.of(arguments[0]).toAbsolutePath();
    try (Processes processes = new Processes(1)) {
      // A quarter of the memory is the usual advice; the default is that of a small machine.
      processes.books().query("ALTER SYSTEM SET shared_buffers = '1GB'");
      processes.restartDatabase();
      processes.command(StartTraining.command(application, StartTraining.use(application)));
      processes.start(0);
      for (String statement :
          Files.readString(Path.of("src/bench/naive-tables.sql")).split(";", -1)) {
        if (!statement.isBlank()) {
          processes.books().query(statement);
        }
      }
      new Benchmark(processes).run();
    }
    System.exit(0);
  }

  private void run() throws IOException {
    for (int round = 0; round < WARM_UP_ROUNDS; round++) {
      create(stage.spread, ON_SITE);
      create(stage.spread, WALLET);
      get(stage.pages);
      get(stage.bookings);
    }
    for (int round = 0; round < ROUNDS; round++) {
      round();
    }
    slowDisk();
    results.once("raceSeconds", stage.race(1000, 100));
    expand();
    results.once("expandP99Millis", expand().p99());
    results.once("residentMiB", (double) StartTimes.resident(processes.pid(0)));
    stage.keep(10_000);
    p99("Few");
    stage.fill(1_000_000);
    p99("Many");
    results.report(machine());
  }

  private void round() throws IOException {
    results.perSecond("naive", Tool.pgbench(processes.database(), "simple", SECONDS));
    results.perSecond("naivePrepared", Tool.pgbench(processes.database(), "prepared", SECONDS));
    results.perSecond("spread", create(stage.spread, ON_SITE).okPerSecond());
    results.perSecond("wallet", create(stage.spread, WALLET).okPerSecond());
    results.perSecond("hot", create(stage.one(1_000_000), ON_SITE).okPerSecond());
    results.perSecond("soldOut", create(stage.soldOut(), ON_SITE).refusedPerSecond());
    results.perSecond("page", get(stage.pages).okPerSecond());
    results.perSecond("one", get(stage.bookings).okPerSecond());
  }

  /**
   * A commit of 2 ms, as on a disk behind a network: whoever holds a lock until it is done shows.
   */
  private void slowDisk() throws IOException {
    stage.commitDelay(2000);
    for (int round = 0; round < ROUNDS; round++) {
      results.perSecond("spreadSlowDisk", create(stage.spread, ON_SITE).okPerSecond());
      results.perSecond("hotSlowDisk", create(stage.one(1_000_000), ON_SITE).okPerSecond());
    }
    stage.commitDelay(0);
  }

  /** Medians of runs; the first of all fills caches and does not count. */
  private void p99(String stored) {
    get(stage.pages);
    get(stage.bookings);
    List<Double> page = new ArrayList<>();
    List<Double> one = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      page.add(get(stage.pages).p99());
      one.add(get(stage.bookings).p99());
    }
    results.once("pageP99" + stored, Results.median(page));
    results.once("oneP99" + stored, Results.median(one));
  }

  /** The next customers book; nobody twice in the same session. */
  private Measured create(Path sessions, String body) {
    Measured measured = wrk(32, "create.lua", stage.creates(sessions, body, offset));
    offset += (int) (measured.ok() + measured.refused());
    if (measured.other() > 0) {
      System.out.println("  answers that are neither 201 nor 409: " + measured.other());
    }
    return measured;
  }

  private Measured get(Path paths) {
    return read(32, Map.of("PATHS", paths.toString()));
  }

  private Measured read(int connections, Map<String, String> environment) {
    Measured measured = wrk(connections, "get.lua", environment);
    if (measured.other() > 0) {
      throw new IllegalStateException(measured.toString());
    }
    return measured;
  }

  private Measured wrk(int connections, String script, Map<String, String> environment) {
    Spent before = Spent.now(processes);
    Measured measured = Tool.wrk(processes.url(0), connections, script, SECONDS, environment);
    long answered = measured.ok() + measured.refused() + measured.other();
    System.out.println("  " + Spent.now(processes).perRequest(before, answered));
    return measured;
  }

  /** One caller at a time: an answer holds 4,000 bookings. */
  private Measured expand() throws IOException {
    JsonObject body =
        new JsonObject().put("sessionIds", stage.busySessions).put("includeBookings", true);
    Path path =
        stage.write(
            "expand",
            List.of(processes.neighbours().serviceToken() + " /api/internal/sessions/expand"));
    return read(1, Map.of("PATHS", path.toString(), "BODY", body.encode()));
  }

  private JsonObject machine() {
    return new JsonObject()
        .put("cores", Runtime.getRuntime().availableProcessors())
        .put("java", Runtime.version().toString())
        .put("postgresql", stage.setting("server_version"))
        .put("sharedBuffers", stage.setting("shared_buffers"))
        .put("fsync", stage.setting("fsync"))
        .put("synchronousCommit", stage.setting("synchronous_commit"));
  }
}
