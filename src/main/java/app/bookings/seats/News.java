package app.bookings.seats;

import app.bookings.platform.Clock;
import java.time.Instant;
import java.util.UUID;

/**
 * What was told of a booking's session and customer, where that is not what the booking was about
 * to be written with (reliability.md, "Facts that outlive an event").
 *
 * @param userId the user behind the customer; null where nothing was told
 * @param startsAt the session's times; null where nothing was told, or catalog knows better
 */
public record News(UUID userId, Instant startsAt, Instant endsAt) {

  /** Nothing was told. */
  public static final News NONE = new News(null, null, null);

  /** Catalog's answer counts as newer than its event only when it was asked for so much later. */
  public static final String MARGIN_SQL = "interval '" + Clock.MARGIN.toSeconds() + " seconds'";
}
