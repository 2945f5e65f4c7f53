package app.bookings.database;

import app.bookings.platform.BookingsConfig;
import java.time.Duration;
import java.util.Map;

/**
 * How long a statement may take: on this side over all its tries and for one of them, and on the
 * server's, which ends first, so that a lock or a slow statement is told from a silent connection
 * (reliability.md, "Time limits").
 */
final class TimeLimits {

  private final long allMillis;

  TimeLimits(BookingsConfig config) {
    allMillis = config.requestDeadline().toMillis();
  }

  /** All tries of one call, nanoseconds. */
  long allTries() {
    return Duration.ofMillis(allMillis).toNanos();
  }

  int allTriesMillis() {
    return Math.toIntExact(allMillis);
  }

  /** One try: more than half of the time, so that there is time for another connection. */
  Duration oneTry(Duration left) {
    Duration one = Duration.ofMillis(allMillis * 3 / 5);
    return one.compareTo(left) < 0 ? one : left;
  }

  /**
   * Whether there is time for another try: as long as a lock may be waited for. One that is cut off
   * sooner would leave open what the server is about to say.
   */
  boolean anotherTry(Duration left) {
    return left.toMillis() >= lockMillis();
  }

  private long lockMillis() {
    return allMillis * 2 / 5;
  }

  /** As parameters of a connection, milliseconds. */
  Map<String, String> serverSettings() {
    return Map.of(
        "statement_timeout", Long.toString(allMillis / 2),
        "lock_timeout", Long.toString(lockMillis()),
        "idle_in_transaction_session_timeout", Long.toString(allMillis));
  }
}
