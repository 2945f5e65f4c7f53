package app.bookings.platform;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;

/** Times as others send them: RFC 3339, whose years have four digits. */
public final class WireTime {

  private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");

  /** What a session's times are at least: windows of up to a century are taken off them. */
  private static final Instant FIRST_OF_SESSIONS = Instant.parse("1900-01-01T00:00:00Z");

  private WireTime() {}

  /** Whether a session may be then. */
  public static boolean ofSession(Instant time) {
    return !time.isBefore(FIRST_OF_SESSIONS) && !time.isAfter(LAST);
  }

  /**
   * The time that a text states.
   *
   * @throws DateTimeException when it is none, or out of the range
   */
  public static Instant read(String text) {
    return inRange(OffsetDateTime.parse(text).toInstant());
  }

  /**
   * The same time: what is in range can be stored, and have days and hours added to it.
   *
   * @throws DateTimeException when it is out of the range
   */
  public static Instant inRange(Instant time) {
    if (time.isBefore(FIRST) || time.isAfter(LAST)) {
      throw new DateTimeException("The year must have four digits");
    }
    return time;
  }
}
