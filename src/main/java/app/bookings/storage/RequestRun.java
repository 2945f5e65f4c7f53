package app.bookings.storage;

import app.bookings.booking.Booking;
import app.bookings.database.DatabaseUnavailable;
import app.bookings.problem.Problem;
import app.bookings.problem.ProblemType;
import java.util.Optional;
import java.util.UUID;

/**
 * One run of a request that changes a booking, and what it has written so far. Only the use case as
 * a whole knows that: an answer claims no more than this says (reliability.md, "What an answer may
 * claim"). It may be asked from another thread when the time is up.
 */
public final class RequestRun {

  private enum Standing {
    NOTHING_WRITTEN,
    /** A write is under way, or its outcome is not known. */
    WRITING,
    WRITTEN,
    /** Answered that nothing was written: it must write no more. */
    ENDED
  }

  private final KeyOwner key;
  private Standing standing = Standing.NOTHING_WRITTEN;
  private UUID bookingId;
  private Booking written;
  private int attempt;

  /** A try of the write got no answer: only a look that succeeds can tell. */
  private boolean doubtful;

  private RequestRun(KeyOwner key) {
    this.key = key;
  }

  /** A run that holds an Idempotency-Key. */
  public static RequestRun of(KeyOwner key) {
    return new RequestRun(key);
  }

  public static RequestRun withoutKey() {
    return new RequestRun(null);
  }

  Optional<KeyOwner> key() {
    return Optional.ofNullable(key);
  }

  /** What is about to be written; a run that was answered for writes no more. */
  synchronized void writing(UUID id) {
    if (standing == Standing.ENDED) {
      throw tooLate();
    }
    if (standing != Standing.WRITTEN) {
      standing = Standing.WRITING;
      bookingId = id;
    }
  }

  synchronized void doubt() {
    doubtful = true;
  }

  synchronized void wrote(Booking booking) {
    boolean first = standing != Standing.WRITTEN;
    standing = Standing.WRITTEN;
    written = booking;
    if (first) {
      attempt = booking.settlements().lastAttempt();
    }
  }

  /** The write was refused, or found nothing to change, as the database itself said. */
  synchronized void wroteNothing() {
    doubtful = false;
    if (standing == Standing.WRITING) {
      standing = Standing.NOTHING_WRITTEN;
      bookingId = null;
    }
  }

  /** The write has failed: whether it took effect only the database may know. */
  synchronized void failed(Throwable failure) {
    boolean silent = failure instanceof DatabaseUnavailable;
    if (!DatabaseUnavailable.leavesOpen(failure) && !(silent && doubtful)) {
      wroteNothing();
    }
  }

  /** The attempt at paying that this run began; 0 where it began none. */
  public int attempt() {
    return attempt;
  }

  /** The booking as it was last written on behalf of this run. */
  public synchronized Optional<Booking> written() {
    return Optional.ofNullable(written);
  }

  /**
   * The problem to answer when the run has failed, or has not ended in time, and no booking was
   * written: that nothing was, and from now on nothing will be, or that nobody can tell.
   *
   * @param failure what it failed with; null when it has not ended
   */
  public synchronized Problem unfinished(Problem failure) {
    if (standing == Standing.WRITING || standing == Standing.WRITTEN) {
      return Problem.of(
              ProblemType.OUTCOME_UNKNOWN,
              "It can't be told whether this was done. Send the same request with the same key.")
          .with("bookingId", bookingId)
          .retryAfter(1);
    }
    standing = Standing.ENDED;
    return failure == null ? tooLate() : failure;
  }

  private static Problem tooLate() {
    return DatabaseUnavailable.nothingWritten();
  }
}
