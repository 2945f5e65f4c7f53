package app.bookings.booking;

import app.bookings.problem.Problem;
import app.bookings.problem.ProblemType;
import app.bookings.settlement.PaymentMethod;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/** What staff and other services do to a booking (api.md, "Internal"). Each refuses or does it. */
public final class Staff {

  private Staff() {}

  /** Staff took the money at the desk. What else was under way is undone. */
  public static void settleOnSite(Booking booking, Actor actor, Instant now) {
    boolean atDesk =
        booking.paymentMethod == PaymentMethod.ON_SITE
            || (booking.absorbed() && Charges.moneyKept(booking).findAny().isEmpty());
    boolean done = atDesk && booking.paymentState == PaymentState.PAID;
    if (done && booking.status.active()) {
      return;
    }
    boolean owed =
        booking.paymentState == PaymentState.UNPAID
            && booking.status.active()
            && booking.status != BookingStatus.PENDING;
    if (!owed) {
      throw booking.invalidState();
    }
    Charges.live(booking)
        .filter(s -> s.kind().money() || !booking.absorbed())
        .forEach(s -> GivingBack.undo(booking, s, null, now));
    if (!booking.absorbed()) {
      booking.paymentMethod = PaymentMethod.ON_SITE;
    }
    booking.paymentState = PaymentState.PAID;
    PaymentRules.tellPaid(booking, actor, now);
    booking.touch(now);
  }

  /** What is owed is forgiven, and the booking cancelled. */
  public static void waive(Booking booking, String reason, Actor actor, Instant now) {
    if (!Transition.DEBT_WAIVED.allowedFrom(booking.status)) {
      throw booking.invalidState();
    }
    booking.end(Transition.DEBT_WAIVED, reason, actor, now);
  }

  /** Verified at the gate, by a user or by a scanner's credential; again: the first is kept. */
  public static void checkIn(
      Booking booking, UUID userId, UUID credentialId, Actor actor, Instant now) {
    if (booking.checkedInAt != null && booking.status.active()) {
      return;
    }
    Duration day = Duration.ofHours(24);
    if (now.isBefore(booking.startsAt.minus(day)) || now.isAfter(booking.endsAt.plus(day))) {
      throw Problem.of(
          ProblemType.INVALID_STATE,
          "The gate opens a day before the start and closes a day after.");
    }
    booking.take(Transition.VERIFIED_AT_GATE, actor, now);
    booking.checkedInAt = now;
    booking.verifierUserId = userId;
    booking.verifierScannerCredentialId = credentialId;
  }

  /** Its session has new times; the deadline keeps its distance to the start. */
  public static void reschedule(
      Booking booking, Instant startsAt, Instant endsAt, Actor actor, Instant now) {
    if (booking.status.active()) {
      move(booking, startsAt, endsAt, actor, now);
    }
  }

  static void move(Booking booking, Instant startsAt, Instant endsAt, Actor actor, Instant now) {
    if (booking.startsAt.equals(startsAt) && booking.endsAt.equals(endsAt)) {
      return;
    }
    if (booking.cancellationDeadline != null) {
      booking.cancellationDeadline =
          startsAt.minus(Duration.between(booking.cancellationDeadline, booking.startsAt));
    }
    booking.startsAt = startsAt;
    booking.endsAt = endsAt;
    booking.unwritten.told.add(
        new PendingChanges.Told(null, "booking.rescheduled", booking.status, actor.name(), now));
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
