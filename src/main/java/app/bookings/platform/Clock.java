package app.bookings.platform;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The time, no finer than PostgreSQL keeps it, so that what is written reads back the same. */
@ApplicationScoped
public class Clock {

  /**
   * How far the clock of another sender may be from ours. Times of different senders are compared
   * with this margin, those of one sender exactly (reliability.md, "Facts that outlive an event").
   */
  public static final Duration MARGIN = Duration.ofSeconds(5);

  public Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.MICROS);
  }
}
