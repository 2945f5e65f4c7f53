package app.bookings.booking;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * What a booking remembers of its session (domain.md, "Tables").
 *
 * @param cancellationDeadline null: what is paid can't be cancelled
 */
public record SessionSnapshot(
    UUID activityId,
    UUID sessionId,
    String title,
    Instant startsAt,
    Instant endsAt,
    Instant cancellationDeadline) {

  /** At other times; the deadline keeps its distance to the start. */
  SessionSnapshot movedTo(Instant newStart, Instant newEnd) {
    return new SessionSnapshot(
        activityId,
        sessionId,
        title,
        newStart,
        newEnd,
        cancellationDeadline == null
            ? null
            : newStart.minus(Duration.between(cancellationDeadline, startsAt)));
  }
}
