package app.bookings.bench;

import app.bookings.bench.Tool.Measured;
import app.bookings.testsupport.Processes;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Two builds of the service held against each other: both run at once on one database, and are
 * driven in turns, so that whatever the machine does meets both. The figure is the service's own
 * processor time for each request, which noise moves least (performance.md).
 *
 * <p>{@code src/bench/run Compare <application folder before> [<seconds of each turn>]}
 */
public final class Compare {
  private static final int ROUNDS = 3;
  private static final Duration WARM_UP = Duration.ofSeconds(60);
  private static final List<String> METHODS = List.of("ON_SITE", "WALLET");

  private final Processes processes;
  private final Stage stage;
  private final int seconds;
  private int offset;

  private Compare(Processes processes, int seconds) throws IOException {
    this.processes = processes;
    this.stage = new Stage(processes);
    this.seconds = seconds;
  }

  /** The folder of this build comes first, the other one second. */
  public static void main(String... arguments) throws IOException {
    int seconds = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 20;
    try (Processes processes = new Processes(2)) {
      for (int replica = 0; replica < 2; replica++) {
        Path application = Path.of(arguments[replica]).toAbsolutePath();
        processes.command(StartTraining.command(application));
        processes.start(replica);
      }
      new Compare(processes, seconds).run();
    }
    System.exit(0);
  }

  private void run() {
    for (int replica = 0; replica < 2; replica++) {
      long end = System.nanoTime() + WARM_UP.toNanos();
      while (System.nanoTime() < end) {
        for (String method : METHODS) {
          create(replica, method, 5);
        }
        page(replica, 5);
      }
    }
    Map<String, List<Double>> ratios = new HashMap<>();
    for (int round = 0; round < ROUNDS; round++) {
      for (String method : METHODS) {
        double before = create(1, method, seconds);
        note(ratios, "create " + method, before, create(0, method, seconds));
      }
      double before = page(1, seconds);
      note(ratios, "page of 20", before, page(0, seconds));
    }
    ratios.forEach(
        (what, all) ->
            System.out.printf(
                Locale.ROOT,
                "%s: processor time per request is %.3f of what it was (median of %d)%n",
                what,
                Results.median(all),
                all.size()));
  }

  private static void note(
      Map<String, List<Double>> ratios, String what, double before, double now) {
    System.out.printf(Locale.ROOT, "%s: %.0f µs before, %.0f µs now%n", what, before, now);
    ratios.computeIfAbsent(what, first -> new ArrayList<>()).add(now / before);
  }

  private double create(int replica, String method, int forSeconds) {
    String body = "{\"paymentMethod\":\"" + method + "\"}";
    long began = spent(replica);
    Measured measured =
        Tool.wrk(
            processes.url(replica),
            32,
            "create.lua",
            forSeconds,
            stage.creates(stage.spread, body, offset));
    long answered = measured.ok() + measured.refused() + measured.other();
    offset += (int) (measured.ok() + measured.refused());
    return (double) (spent(replica) - began) / answered;
  }

  private double page(int replica, int forSeconds) {
    long began = spent(replica);
    Measured measured =
        Tool.wrk(
            processes.url(replica),
            32,
            "get.lua",
            forSeconds,
            Map.of("PATHS", stage.pages.toString()));
    return (double) (spent(replica) - began) / measured.ok();
  }

  /** Microseconds of processor of a replica since it began. */
  private long spent(int replica) {
    return ProcessHandle.of(processes.pid(replica))
            .orElseThrow()
            .info()
            .totalCpuDuration()
            .orElseThrow()
            .toNanos()
        / 1000;
  }
}
