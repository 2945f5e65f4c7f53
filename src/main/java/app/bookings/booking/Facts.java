package app.bookings.booking;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * What was told of a booking's session and customer, where that is not what the booking was about
 * to be written with (reliability.md, "Facts that outlive an event").
 *
 * @param userId the user behind the customer; null where nothing was told
 * @param startsAt the session's times; null where nothing was told, or catalog knows better
 */
public record Facts(UUID userId, Instant startsAt, Instant endsAt) {

  /** Nothing was told. */
  public static final Facts NONE = new Facts(null, null, null);

  /**
   * Clocks differ, and a neighbour may answer for a moment with what it had before its own event:
   * its answer counts as newer than its event only when it was asked for so much later.
   */
  public static final Duration MARGIN = Duration.ofSeconds(5);

  static final String MARGIN_SQL = "interval '" + MARGIN.toSeconds() + " seconds'";
}
