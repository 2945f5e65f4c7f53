package app.bookings.platform;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How long to wait before another try: twice as long each time, with jitter, so that those who
 * failed together do not come back together.
 *
 * @param first the most after the first try
 * @param longest the most after any
 */
public record Backoff(Duration first, Duration longest) {

  private static final int MOST_DOUBLINGS = 20;

  /** Half of the most to all of it, after so many tries that failed; 1 is the first. */
  public Duration after(int tries) {
    int doublings = Math.min(Math.max(tries - 1, 0), MOST_DOUBLINGS);
    long most = Math.min(longest.toMillis(), first.toMillis() << doublings);
    return Duration.ofMillis(most / 2 + ThreadLocalRandom.current().nextLong(most / 2 + 1));
  }
}
