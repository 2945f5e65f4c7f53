package app.bookings.settlement;

import java.time.Duration;
import java.time.Instant;

/**
 * When an open checkout is asked for, beside its event: every minute, and once ahead of its end,
 * for of many that end together not all can be asked at that instant (reliability.md, "Invariants",
 * 9).
 */
public final class Checkout {

  private static final Duration ASK_EVERY = Duration.ofMinutes(1);
  private static final Duration LONGEST_LEAD = Duration.ofSeconds(30);

  private Checkout() {}

  /**
   * When to ask again a checkout that is still open.
   *
   * @param held whether it holds a place: then the end of the hold ends it
   */
  public static Instant askAgainAt(Settlement payment, boolean held, Instant now) {
    Instant regular = now.plus(ASK_EVERY);
    Instant ahead = askedFrom(payment);
    if (now.isBefore(ahead)) {
      return ahead.isBefore(regular) ? ahead : regular;
    }
    // Less than half a minute is left, or nothing: its end comes before the regular time.
    return now.isBefore(payment.expiresAt()) && !held ? payment.expiresAt() : regular;
  }

  /** A quarter of the checkout's time before its end, half a minute at most. */
  private static Instant askedFrom(Settlement payment) {
    Duration quarter = Duration.between(payment.createdAt(), payment.expiresAt()).dividedBy(4);
    Duration lead = quarter.compareTo(LONGEST_LEAD) < 0 ? quarter : LONGEST_LEAD;
    return payment.expiresAt().minus(lead);
  }
}
