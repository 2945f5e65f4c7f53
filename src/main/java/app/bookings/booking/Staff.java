package app.bookings.booking;

import java.time.Instant;
import java.util.UUID;

/** What staff and other services do to a booking (api.md, "Internal"). Each refuses or does it. */
public final class Staff {

  private Staff() {}

  /** Verified at the gate, by a user or by a scanner's credential; again: the first is kept. */
  public static void checkIn(
      Booking booking, UUID verifierUserId, UUID scannerCredentialId, Actor actor, Instant now) {
    Billing.checkIn(booking, verifierUserId, scannerCredentialId, actor, now);
  }

  /** The money was taken at the desk; again: nothing happens. */
  public static void settleOnSite(Booking booking, Actor actor, Instant now) {
    Billing.settleOnSite(booking, actor, now);
  }

  /** What is owed is forgiven, and the booking cancelled. */
  public static void waive(Booking booking, String reason, Actor actor, Instant now) {
    Billing.waive(booking, reason, actor, now);
  }

  /** Its session is over: it is to be paid by this pass, or without one by the wallet. */
  public static void bill(Booking booking, UUID entitlementId, Instant now) {
    Billing.bill(booking, entitlementId, now);
  }

  /** There may be money now for what is owed. */
  public static void retryDebt(Booking booking, Instant now) {
    Billing.retry(booking, now);
  }

  /** Its session has new times; the deadline keeps its distance to the start. */
  public static void reschedule(
      Booking booking, Instant startsAt, Instant endsAt, Actor actor, Instant now) {
    boolean same = booking.startsAt.equals(startsAt) && booking.endsAt.equals(endsAt);
    if (!booking.status.active() || same) {
      return;
    }
    if (booking.cancellationDeadline != null) {
      booking.cancellationDeadline =
          startsAt.minus(
              java.time.Duration.between(booking.cancellationDeadline, booking.startsAt));
    }
    booking.startsAt = startsAt;
    booking.endsAt = endsAt;
    booking.unwritten.told.add(
        new Unwritten.Told(null, "booking.rescheduled", booking.status, actor.name(), now));
    booking.touch(now);
  }

  /** A place on a slot: confirmed, and billed after the session. */
  public static Booking attendee(Reservation what, Actor actor, Instant now) {
    Booking booking = what.place(actor, now);
    booking.source = BookingSource.SLOT_ATTENDEE;
    if (booking.paymentState == PaymentState.UNPAID) {
      booking.paymentMethod = null;
    }
    return booking;
  }

  /** Whether a review may be written: attended, or not cancelled, and the session is over. */
  public static boolean mayReview(Booking booking, Instant now) {
    boolean there =
        booking.status == BookingStatus.CONFIRMED || booking.status == BookingStatus.CHECKED_IN;
    return there && !now.isBefore(booking.endsAt);
  }
}
