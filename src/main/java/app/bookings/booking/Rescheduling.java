package app.bookings.booking;

import java.time.Instant;

/** A session has new times (domain.md, "Inbound events", session.rescheduled). */
public final class Rescheduling {

  private Rescheduling() {}

  /** The booking gets them; the deadline keeps its distance to the start. */
  public static void reschedule(
      Booking booking, Instant startsAt, Instant endsAt, Actor actor, Instant now) {
    if (booking.status().active()) {
      move(booking, startsAt, endsAt, actor, now);
    }
  }

  static void move(Booking booking, Instant startsAt, Instant endsAt, Actor actor, Instant now) {
    SessionSnapshot session = booking.session();
    if (session.startsAt().equals(startsAt) && session.endsAt().equals(endsAt)) {
      return;
    }
    booking.becomes(session.movedTo(startsAt, endsAt), now);
    booking.tell(OutboundEvent.RESCHEDULED, actor, now);
  }
}
