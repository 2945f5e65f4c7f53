package app.bookings.booking;

import java.time.Instant;

/**
 * Where a booking is in its life, and since when (domain.md, "State machine").
 *
 * @param status null only before the first transition
 * @param holdExpiresAt until when an unsettled booking keeps its place; null where it is none
 * @param deletedAt when its session or customer was deleted: from then on nobody sees it
 * @param cancelReason in words; null where it was not cancelled
 * @param cancelCause the name of the transition that cancelled it; null where none did
 * @param version counts its writes, and claims of its settlements
 */
public record Lifecycle(
    BookingStatus status,
    BookingSource source,
    Instant holdExpiresAt,
    Instant reminderSentAt,
    Instant cancelledAt,
    Instant deletedAt,
    String cancelReason,
    String cancelCause,
    Instant createdAt,
    Instant updatedAt,
    long version) {

  static Lifecycle beginning(BookingSource source, Instant now) {
    return new Lifecycle(null, source, null, null, null, null, null, null, now, now, 0);
  }

  public boolean deleted() {
    return deletedAt != null;
  }

  public boolean holdHasExpired(Instant now) {
    return status == BookingStatus.PENDING && !now.isBefore(holdExpiresAt);
  }

  boolean cancelledBy(Transition transition) {
    return transition.name().equals(cancelCause);
  }

  Lifecycle after(Transition transition, Instant now) {
    BookingStatus to = transition.to();
    boolean cancelled = to == BookingStatus.CANCELLED;
    return new Lifecycle(
        to,
        source,
        null,
        reminderSentAt,
        cancelled ? now : to.active() ? null : cancelledAt,
        deletedAt,
        to.active() ? null : cancelReason,
        to.active() ? null : cancelCause,
        createdAt,
        now,
        version);
  }

  Lifecycle heldUntil(Instant end) {
    return with(end, cancelReason, cancelCause, updatedAt, version);
  }

  Lifecycle because(Transition cause, String reason) {
    return with(holdExpiresAt, reason, cause.name(), updatedAt, version);
  }

  Lifecycle changedAt(Instant now) {
    return with(holdExpiresAt, cancelReason, cancelCause, now, version);
  }

  Lifecycle written(long newVersion) {
    return with(holdExpiresAt, cancelReason, cancelCause, updatedAt, newVersion);
  }

  private Lifecycle with(
      Instant hold, String reason, String cause, Instant changed, long newVersion) {
    return new Lifecycle(
        status,
        source,
        hold,
        reminderSentAt,
        cancelledAt,
        deletedAt,
        reason,
        cause,
        createdAt,
        changed,
        newVersion);
  }
}
