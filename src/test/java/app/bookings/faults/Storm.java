package app.bookings.faults;

import app.bookings.testsupport.Processes;
import app.bookings.testsupport.Scene;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;

/** Workers, blows and samples, each a thread with random numbers of its own, made of one seed. */
final class Storm {

  private static final int WORKERS = 10;

  final Tally tally = new Tally();
  final Findings findings = new Findings();
  final Scene scene;
  final Asking asking;
  final Timetable timetable;
  final Creating creating;
  final Doings doings;

  private final Processes processes;
  private final long seed;
  private volatile boolean on = true;

  Storm(Processes processes, long seed) {
    this.processes = processes;
    this.seed = seed;
    this.scene = new Scene(processes.neighbours());
    this.asking = new Asking(processes, tally, findings);
    String serviceToken = processes.neighbours().serviceToken();
    this.timetable = new Timetable(scene, asking, serviceToken, random(0));
    this.creating = new Creating(scene, asking, serviceToken, findings);
    this.doings = new Doings(asking, serviceToken, scene.company, findings);
  }

  /** Numbers of their own for each who draws any. */
  Random random(int whose) {
    return new Random(seed + 0x9E3779B97F4A7C15L * whose);
  }

  /** Rages so long, and ends with whoever is under way served. */
  void rage(Duration length) {
    Queue<Order> checkouts = Life.checkouts();
    List<Thread> threads = new ArrayList<>();
    threads.add(thread(new Blows(processes, random(1), tally, length, () -> on)));
    threads.add(thread(new Sampling(processes.books(), timetable, tally, findings, () -> on)));
    for (int worker = 0; worker < WORKERS; worker++) {
      Life life =
          new Life(scene, timetable, creating, doings, tally, checkouts, random(2 + worker));
      threads.add(
          thread(
              () -> {
                while (on) {
                  life.one();
                  tally.count("customers");
                }
              }));
    }
    threads.forEach(Thread::start);
    long end = System.nanoTime() + length.toNanos();
    while (System.nanoTime() < end) {
      Moment.in(500);
    }
    on = false;
    threads.forEach(Storm::join);
  }

  private Thread thread(Runnable work) {
    Thread thread = new Thread(work);
    thread.setUncaughtExceptionHandler(
        (who, failure) -> {
          java.io.StringWriter trace = new java.io.StringWriter();
          failure.printStackTrace(new java.io.PrintWriter(trace));
          findings.add("A worker of the storm failed: %s".formatted(trace));
        });
    return thread;
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopped);
    }
  }
}
