package app.bookings.bench;

import app.bookings.bench.Tool.Measured;
import app.bookings.testsupport.Processes;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The performance table of quality.md: PostgreSQL with fsync, the packaged service, the neighbours
 * as another process, wrk and pgbench, all on one machine; medians of interleaved rounds.
 */
public final class Benchmark {

  private static final int ROUNDS = 3;
  private static final int SECONDS = 6;
  private static final String ON_SITE = "{\"paymentMethod\":\"ON_SITE\"}";
  private static final String WALLET = "{\"paymentMethod\":\"WALLET\"}";

  private final Processes processes;
  private final Stage stage;
  private final Map<String, List<Double>> perSecond = new LinkedHashMap<>();
  private final JsonObject figures = new JsonObject();
  private int offset;

  private Benchmark(Processes processes) throws IOException {
    this.processes = processes;
    this.stage = new Stage(processes);
  }

  /** Measures the application folder that {@code -Pfast-start} made. */
  public static void main(String... arguments) throws IOException {
    Path application = Path.of(arguments[0]).toAbsolutePath();
    try (Processes processes = new Processes(1)) {
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
    create(stage.spread, ON_SITE);
    for (int round = 0; round < ROUNDS; round++) {
      note("naive", Tool.pgbench(processes.database(), SECONDS));
      note("spread", create(stage.spread, ON_SITE).okPerSecond());
      note("wallet", create(stage.spread, WALLET).okPerSecond());
      note("hot", create(stage.one(1_000_000), ON_SITE).okPerSecond());
      note("soldOut", create(stage.soldOut(), ON_SITE).refusedPerSecond());
      note("page", get(stage.pages, null).okPerSecond());
      note("one", get(stage.bookings, null).okPerSecond());
    }
    figures.put("raceSeconds", rounded(stage.race(1000, 100)));
    figures.put("expandP99Millis", expand().p99());
    figures.put("residentMiB", StartTimes.resident(processes.pid(0)));
    Measured fewPage = get(stage.pages, null);
    Measured fewOne = get(stage.bookings, null);
    stage.fill(1_000_000);
    get(stage.pages, null);
    figures.put("pageP99Ratio", rounded(get(stage.pages, null).p99() / fewPage.p99()));
    figures.put("oneP99Ratio", rounded(get(stage.bookings, null).p99() / fewOne.p99()));
    report();
  }

  private void note(String name, double value) {
    perSecond.computeIfAbsent(name, n -> new ArrayList<>()).add(value);
    System.out.printf(Locale.ROOT, "%-8s %8.0f/s%n", name, value);
  }

  /** The next customers book; nobody twice in the same session. */
  private Measured create(Path sessions, String body) {
    Map<String, String> environment = new HashMap<>();
    environment.put("CUSTOMERS", stage.tokens.toString());
    environment.put("SESSIONS", sessions.toString());
    environment.put("BODY", body);
    environment.put("OFFSET", Integer.toString(offset));
    Measured measured = wrk("create.lua", environment);
    offset += (int) (measured.ok() + measured.refused());
    if (measured.other() > 0) {
      System.out.println("  answers that are neither 201 nor 409: " + measured.other());
    }
    return measured;
  }

  private Measured wrk(String script, Map<String, String> environment) {
    Spent before = Spent.now(processes);
    Measured measured = Tool.wrk(processes.url(0), script, SECONDS, environment);
    long answered = measured.ok() + measured.refused() + measured.other();
    System.out.println("  " + Spent.now(processes).perRequest(before, answered));
    return measured;
  }

  private Measured get(Path paths, String body) {
    Map<String, String> environment = new HashMap<>();
    environment.put("PATHS", paths.toString());
    if (body != null) {
      environment.put("BODY", body);
    }
    Measured measured = wrk("get.lua", environment);
    if (measured.other() > 0) {
      throw new IllegalStateException(measured.toString());
    }
    return measured;
  }

  private Measured expand() throws IOException {
    JsonObject body =
        new JsonObject().put("sessionIds", stage.busySessions).put("includeBookings", true);
    Path path =
        stage.write(
            "expand",
            List.of(processes.neighbours().serviceToken() + " /api/internal/sessions/expand"));
    return get(path, body.encode());
  }

  private double median(String name) {
    List<Double> sorted = perSecond.get(name).stream().sorted().toList();
    return sorted.get(sorted.size() / 2);
  }

  private void report() throws IOException {
    double naive = median("naive");
    double spread = median("spread");
    List<Row> rows =
        List.of(
            new Row("create ON_SITE, spread ÷ pgbench", spread / naive, 1.0, true),
            new Row("create WALLET ÷ pgbench", median("wallet") / naive, 0.7, true),
            new Row("hot session ÷ spread", median("hot") / spread, 0.8, true),
            new Row("refusals when sold out ÷ spread", median("soldOut") / spread, 3, true),
            new Row("my-bookings page of 20 ÷ pgbench", median("page") / naive, 8, true),
            new Row(
                "1,000 clients for 100 places, seconds",
                figures.getDouble("raceSeconds"),
                5,
                false),
            new Row("expand 200 x 25, p99 ms", figures.getDouble("expandP99Millis"), 50, false),
            new Row("page, p99 with 1,000,000 stored ÷ 10,000s", ratio("pageP99Ratio"), 2, false),
            new Row("one, p99 with 1,000,000 stored ÷ 10,000s", ratio("oneP99Ratio"), 2, false),
            new Row("resident memory, MiB", figures.getDouble("residentMiB"), 350, false));
    System.out.println();
    rows.forEach(row -> System.out.println(row.line()));
    perSecond.forEach((name, values) -> figures.put(name + "PerSecond", rounded(median(name))));
    Files.writeString(Path.of("src/bench/results.json"), figures.encodePrettily() + "\n");
    Files.writeString(Path.of("src/bench/results.svg"), Chart.of(rows));
  }

  private double ratio(String name) {
    return figures.getDouble(name);
  }

  private static double rounded(double value) {
    return Math.round(value * 100) / 100.0;
  }

  /** A line of the table: what was measured, and what it should be, at least or at most. */
  record Row(String name, double measured, double target, boolean atLeast) {
    boolean met() {
      return atLeast ? measured >= target : measured <= target;
    }

    String line() {
      return String.format(
          Locale.ROOT,
          "| %s | %s %.2f | %.2f | %s |",
          name,
          atLeast ? "≥" : "≤",
          target,
          measured,
          met() ? "met" : "missed");
    }
  }
}
