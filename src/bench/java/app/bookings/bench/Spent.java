package app.bookings.bench;

import app.bookings.testsupport.Processes;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Predicate;

/** Processor time since the processes began: where the time of a request goes. */
record Spent(Duration service, Duration neighbours, Duration postgres) {

  static Spent now(Processes processes) {
    return new Spent(
        sum(process -> process.pid() == processes.pid(0)),
        sum(process -> process.pid() == processes.neighboursPid()),
        sum(process -> process.info().command().orElse("").endsWith("/postgres")));
  }

  private static Duration sum(Predicate<ProcessHandle> which) {
    return ProcessHandle.allProcesses()
        .filter(which)
        .map(process -> process.info().totalCpuDuration().orElse(Duration.ZERO))
        .reduce(Duration.ZERO, Duration::plus);
  }

  /** Microseconds of each per request, of those that were answered since then. */
  String perRequest(Spent before, long requests) {
    return String.format(
        Locale.ROOT,
        "µs per request: service %d, PostgreSQL %d, neighbours %d",
        micros(service.minus(before.service), requests),
        micros(postgres.minus(before.postgres), requests),
        micros(neighbours.minus(before.neighbours), requests));
  }

  private static long micros(Duration spent, long requests) {
    return spent.toNanos() / 1000 / Math.max(1, requests);
  }
}
