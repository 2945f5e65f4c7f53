package app.bookings.booking;

import java.time.Instant;

/**
 * A place on a coach's slot: confirmed at once, and billed after the session (domain.md, "Domain").
 */
public final class SlotAttendance {

  private SlotAttendance() {}

  /** The booking of an attendee; how it is paid is open until it is billed. */
  public static Booking attend(Reservation what, Actor actor, Instant now) {
    boolean free = what.plan().total().signum() == 0;
    return what.place(BookingSource.SLOT_ATTENDEE, free ? what.plan().method() : null, actor, now);
  }
}
