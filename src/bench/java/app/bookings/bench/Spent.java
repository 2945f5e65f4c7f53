package app.bookings.bench;

import app.bookings.testsupport.Processes;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Processor time of each process since it began: where the time of a request goes. */
record Spent(
    Map<Long, Duration> service, Map<Long, Duration> neighbours, Map<Long, Duration> postgres) {

  static Spent now(Processes processes) {
    ProcessHandle server = ProcessHandle.of(processes.databasePid()).orElseThrow();
    return new Spent(
        each(ProcessHandle.of(processes.pid(0)).stream()),
        each(ProcessHandle.of(processes.neighboursPid()).stream()),
        each(Stream.concat(Stream.of(server), server.descendants())));
  }

  private static Map<Long, Duration> each(Stream<ProcessHandle> processes) {
    return processes.collect(
        Collectors.toMap(
            ProcessHandle::pid,
            process -> process.info().totalCpuDuration().orElse(Duration.ZERO)));
  }

  /** Microseconds of each per request, of those that were answered since then. */
  String perRequest(Spent before, long requests) {
    return String.format(
        Locale.ROOT,
        "µs of processor per request: service %d, PostgreSQL %d, neighbours %d",
        micros(before.service, service, requests),
        micros(before.postgres, postgres, requests),
        micros(before.neighbours, neighbours, requests));
  }

  /** A process that has ended in between is left out: nobody knows what it spent. */
  private static long micros(Map<Long, Duration> before, Map<Long, Duration> now, long requests) {
    Duration spent =
        now.entrySet().stream()
            .map(p -> p.getValue().minus(before.getOrDefault(p.getKey(), Duration.ZERO)))
            .reduce(Duration.ZERO, Duration::plus);
    return spent.toNanos() / 1000 / Math.max(1, requests);
  }
}
