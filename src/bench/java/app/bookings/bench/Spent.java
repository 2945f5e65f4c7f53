package app.bookings.bench;

import app.bookings.testsupport.Processes;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Stream;

/** Processor time since the processes began: where the time of a request goes. */
record Spent(Duration service, Duration neighbours, Duration postgres) {

  static Spent now(Processes processes) {
    ProcessHandle server = ProcessHandle.of(processes.databasePid()).orElseThrow();
    return new Spent(
        sum(ProcessHandle.of(processes.pid(0)).stream()),
        sum(ProcessHandle.of(processes.neighboursPid()).stream()),
        sum(Stream.concat(Stream.of(server), server.descendants())));
  }

  private static Duration sum(Stream<ProcessHandle> processes) {
    return processes
        .map(process -> process.info().totalCpuDuration().orElse(Duration.ZERO))
        .reduce(Duration.ZERO, Duration::plus);
  }

  /** Microseconds of each per request, of those that were answered since then. */
  String perRequest(Spent before, long requests) {
    return String.format(
        Locale.ROOT,
        "µs of processor per request: service %d, PostgreSQL %d, neighbours %d",
        micros(service.minus(before.service), requests),
        micros(postgres.minus(before.postgres), requests),
        micros(neighbours.minus(before.neighbours), requests));
  }

  private static long micros(Duration spent, long requests) {
    return spent.toNanos() / 1000 / Math.max(1, requests);
  }
}
