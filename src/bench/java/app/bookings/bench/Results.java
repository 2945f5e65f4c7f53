package app.bookings.bench;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What was measured: medians over the rounds, and the ratios that have targets. */
final class Results {

  private final Map<String, List<Double>> rounds = new LinkedHashMap<>();
  private final Map<String, Double> once = new LinkedHashMap<>();

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

  /** A figure per second, of one round. */
  void perSecond(String name, double value) {
    rounds.computeIfAbsent(name, n -> new ArrayList<>()).add(value);
    System.out.printf(Locale.ROOT, "%-14s %8.0f/s%n", name, value);
  }

  void once(String name, double value) {
    once.put(name, value);
    System.out.printf(Locale.ROOT, "%-14s %8.2f%n", name, value);
  }

  private double median(String name) {
    return median(rounds.get(name));
  }

  static double median(List<Double> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }

  private static double rounded(double value) {
    return Math.round(value * 100) / 100.0;
  }

  /** The median of each round's own ratio: a machine that slows down does so for both. */
  private Row atLeast(String name, String figure, String of, double target) {
    List<Double> ratios = new ArrayList<>();
    for (int round = 0; round < rounds.get(of).size(); round++) {
      ratios.add(rounds.get(figure).get(round) / rounds.get(of).get(round));
    }
    return new Row(name, median(ratios), target, true);
  }

  private Row atMost(String name, String figure, double target) {
    return new Row(name, once.get(figure), target, false);
  }

  private List<Row> rows() {
    return List.of(
        atLeast("create ON_SITE, spread ÷ pgbench", "spread", "naive", 1.0),
        atLeast("create WALLET ÷ pgbench", "wallet", "naive", 0.7),
        atLeast("creates on one session ÷ spread", "hot", "spread", 0.8),
        atLeast("the same, with commits of 2 ms", "hotSlowDisk", "spreadSlowDisk", 0.8),
        atLeast("refusals when sold out ÷ spread", "soldOut", "spread", 3),
        atLeast("my-bookings page of 20 ÷ pgbench", "page", "naive", 8),
        atMost("1,000 clients for 100 places, seconds", "raceSeconds", 5),
        new Row(
            "page, p99: 1,000,000 stored ÷ 10,000",
            once.get("pageP99Many") / once.get("pageP99Few"),
            2,
            false),
        new Row(
            "one booking, p99: 1,000,000 stored ÷ 10,000",
            once.get("oneP99Many") / once.get("oneP99Few"),
            2,
            false),
        atMost("expand 200 sessions of 20, p99 ms", "expandP99Millis", 50),
        atMost("resident memory, MiB", "residentMiB", 350));
  }

  /** Prints the table; writes it as JSON and as a picture. */
  void report(JsonObject machine) throws IOException {
    List<Row> rows = rows();
    JsonObject medians = new JsonObject();
    JsonObject all = new JsonObject();
    rounds.forEach(
        (name, values) -> {
          medians.put(name, Math.round(median(name)));
          all.put(name, new JsonArray(values.stream().map(Math::round).toList()));
        });
    JsonArray table = new JsonArray();
    for (Row row : rows) {
      System.out.println(row.line());
      table.add(
          new JsonObject()
              .put("figure", row.name())
              .put("measured", rounded(row.measured()))
              .put(row.atLeast() ? "atLeast" : "atMost", row.target())
              .put("met", row.met()));
    }
    JsonObject single = new JsonObject();
    once.forEach((name, value) -> single.put(name, rounded(value)));
    JsonObject results =
        new JsonObject()
            .put("machine", machine)
            .put("table", table)
            .put("mediansPerSecond", medians)
            .put("roundsPerSecond", all)
            .put("once", single);
    Files.writeString(Path.of("src/bench/results.json"), results.encodePrettily() + "\n");
    Files.writeString(Path.of("src/bench/results.svg"), Chart.of(rows));
  }
}
