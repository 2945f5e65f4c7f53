package app.bookings.bench;

import app.bookings.testsupport.Processes;
import app.bookings.testsupport.Scene;
import app.bookings.testsupport.Scene.Customer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;

/**
 * Start to ready of the packaged application, with its cache and without, interleaved; and its
 * resident memory after 1,000 bookings (performance.md, "Measured").
 */
public final class StartTimes {

  private static final int ROUNDS = 10;
  private static final int BOOKED = 1000;

  private StartTimes() {}

  /** The application folder that {@code -Pfast-start} made. */
  public static void main(String... arguments) throws IOException {
    Path application = Path.of(arguments[0]).toAbsolutePath();
    List<Long> with = new ArrayList<>();
    List<Long> without = new ArrayList<>();
    long resident;
    try (Processes processes = new Processes(1)) {
      time(processes, application);
      for (int round = 0; round < ROUNDS; round++) {
        without.add(time(processes, application));
        with.add(time(processes, application, StartTraining.use(application)));
      }
      resident = residentAfterBookings(processes, application);
    }
    System.out.printf(
        Locale.ROOT,
        "start to ready, medians of %d: %d ms with the cache, %d ms without, ratio %.2f%n"
            + "  with %s%n  without %s%nresident after %d bookings: %d MiB%n",
        ROUNDS,
        median(with),
        median(without),
        (double) median(with) / median(without),
        with,
        without,
        BOOKED,
        resident);
    System.exit(0);
  }

  /** Milliseconds from the start of the process to the first answer of readiness. */
  private static long time(Processes processes, Path application, String... cache) {
    processes.command(StartTraining.command(application, cache));
    long began = System.nanoTime();
    Process service = processes.launch(0);
    while (!processes.bookings(0).ready()) {
      if (!service.isAlive()) {
        throw new IllegalStateException("It ended, see target/processes");
      }
      LockSupport.parkNanos(5_000_000);
    }
    long millis = (System.nanoTime() - began) / 1_000_000;
    processes.stop(0);
    return millis;
  }

  private static long residentAfterBookings(Processes processes, Path application)
      throws IOException {
    processes.command(StartTraining.command(application, StartTraining.use(application)));
    processes.start(0);
    Scene scene = new Scene(processes.neighbours());
    Scene.Session session = scene.sessionOf(BOOKED);
    for (int i = 0; i < BOOKED; i++) {
      Customer customer = scene.customer();
      processes
          .bookings(0)
          .create(
              customer,
              session,
              new JsonObject().put("paymentMethod", i % 2 == 0 ? "WALLET" : "ON_SITE"))
          .is("201");
    }
    return resident(processes.pid(0));
  }

  /** MiB, as the kernel counts them. */
  static long resident(long pid) throws IOException {
    return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
        .filter(line -> line.startsWith("VmRSS"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
        .findFirst()
        .orElseThrow();
  }

  private static long median(List<Long> values) {
    List<Long> sorted = values.stream().sorted().toList();
    return (sorted.get(sorted.size() / 2) + sorted.get((sorted.size() - 1) / 2)) / 2;
  }
}
