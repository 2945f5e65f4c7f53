package app.bookings.faults;

import app.bookings.testsupport.Processes;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * reliability.md, "Fault model", all of it at once and at random: customers, coaches, staff and
 * neighbours ask and tell the packaged service, two replicas of it, what they like, while replicas
 * are killed, the database restarts and neighbours fail. A plain model ({@link Order}) says what
 * each booking may be; afterwards everything agrees with it. {@code -Dstorm.seed} draws the same
 * again, as far as threads and processes allow; {@code -Dstorm.seconds} makes it long.
 */
class StormIT {

  private static final int REPLICAS = 2;
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final long seed = seed();
  private final Duration length =
      Duration.ofSeconds(Long.parseLong(System.getProperty("storm.seconds", "65")));

  /** What was wrong before and is not news. */
  private final Set<String> known = new HashSet<>();

  private Processes processes;
  private Storm storm;
  private ModelComparison comparison;

  private static long seed() {
    String seed = System.getProperty("storm.seed", "");
    return seed.isBlank() ? new Random().nextInt(1_000_000_000) : Long.parseLong(seed);
  }

  @BeforeEach
  void start() {
    System.out.printf("StormIT: -Dstorm.seed=%d -Dstorm.seconds=%d%n", seed, length.toSeconds());
    processes = new Processes(REPLICAS);
    processes
        .settings()
        .putAll(
            Map.of(
                "BOOKINGS_UPSTREAM_TIMEOUT", "PT0.5S",
                "BOOKINGS_RECOVERY_INTERVAL", "PT0.5S",
                "BOOKINGS_SETTLEMENT_LEASE", "PT3S",
                "BOOKINGS_HOLD_DURATION", "PT15S",
                "BOOKINGS_GUEST_RATE_PER_MINUTE", "1000000"));
    for (int replica = 0; replica < REPLICAS; replica++) {
      processes.start(replica);
    }
    Blows.faults(processes);
    storm = new Storm(processes, seed);
    comparison =
        new ModelComparison(
            processes.books(),
            processes.neighbours(),
            storm.scene.company,
            storm.creating.orders());
  }

  @AfterEach
  void stop() throws IOException {
    processes.close();
  }

  @Test
  void everythingAgreesAfterwards() {
    try {
      storm.rage(length);
      long faults = processes.neighbours().ledger().getLong("faults");
      processes.neighbours().reset();
      storm.timetable.mostPlaces(storm.random(-3));
      comesToAgree("after the storm");
      Replays replays = new Replays(storm.asking, storm.findings, storm.random(-1));
      replays.creates(storm.creating.orders(), storm.creating);
      replays.others(storm.doings.keyed());
      comesToAgree("after every key was used again");
      noPlaceIsLost();
      System.out.printf(
          "StormIT: seed %d, %d s, %d injected faults, asked and answered %s, became %s%n",
          seed, length.toSeconds(), faults, storm.tally, causes());
    } catch (RuntimeException failure) {
      throw new AssertionError(seen(), failure);
    }
    if (!storm.findings.all().isEmpty()) {
      throw new AssertionError(seen());
    }
  }

  /** How often a booking changed for which cause. */
  private Map<String, String> causes() {
    Map<String, String> causes = new TreeMap<>();
    processes
        .books()
        .query("SELECT cause, count(*) AS n FROM bookings.booking_status_history GROUP BY cause")
        .forEach(row -> causes.put(row.get("cause"), row.get("n")));
    return causes;
  }

  private String seen() {
    List<String> findings = storm.findings.all();
    return "-Dstorm.seed=%d: %d findings\n%s"
        .formatted(seed, findings.size(), String.join("\n", findings));
  }

  /** What is under way ends by itself; what is wrong then stays so. */
  private void comesToAgree(String when) {
    try {
      Awaitility.await()
          .atMost(PATIENCE)
          .pollInterval(1, TimeUnit.SECONDS)
          .until(() -> known.containsAll(comparison.wrong()));
    } catch (ConditionTimeoutException stays) {
      List<String> wrong = comparison.wrong();
      wrong.removeAll(known);
      wrong.forEach(what -> storm.findings.add("%s: %s".formatted(when, what)));
      known.addAll(wrong);
    }
  }

  /** A stranger finds exactly the places that are free. */
  private void noPlaceIsLost() {
    Random random = storm.random(-2);
    for (Slot slot : storm.timetable.all()) {
      storm.creating.stranger(slot, processes.books(), random);
    }
  }
}
