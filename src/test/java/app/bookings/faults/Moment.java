package app.bookings.faults;

import java.time.Duration;
import org.awaitility.Awaitility;

/** A random moment, not a condition: it is when a blow falls, or when somebody asks again. */
final class Moment {

  private Moment() {}

  /** Comes after so many milliseconds. */
  static void in(int millis) {
    long end = System.nanoTime() + Duration.ofMillis(millis).toNanos();
    Awaitility.await()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(20))
        .atMost(Duration.ofMinutes(1))
        .until(() -> System.nanoTime() > end);
  }
}
