package app.bookings.booking;

import java.time.Instant;

/**
 * Whether a booking whose hold ran out may have its place again, and when its session is now: what
 * was told of session and customer, however long ago.
 *
 * @param known whether anybody has looked
 * @param startsAt null where nothing was told of the times: the booking's own are true
 */
public record Reseat(boolean known, boolean allowed, Instant startsAt, Instant endsAt) {

  public static final Reseat NO = new Reseat(true, false, null, null);

  /** Nobody has looked: where it matters, {@link Needed} says so. */
  public static final Reseat UNKNOWN = new Reseat(false, false, null, null);

  /** What was told of session and customer decides: look it up, then make the change again. */
  public static final class Needed extends RuntimeException {
    private static final long serialVersionUID = 1;

    Needed() {
      super("what was told must be looked up", null, false, false);
    }
  }

  Instant startsAt(SessionSnapshot session) {
    return startsAt == null ? session.startsAt() : startsAt;
  }

  void moveTo(Booking booking, Actor actor, Instant now) {
    if (startsAt != null) {
      Rescheduling.move(booking, startsAt, endsAt, actor, now);
    }
  }
}
