package app.bookings.database;

import app.bookings.problem.Problem;
import app.bookings.problem.ProblemType;

/**
 * The database gave no answer in time. Either nothing was sent, or it said that nothing took
 * effect, or nobody can tell.
 */
public final class DatabaseUnavailable extends Problem {

  private static final long serialVersionUID = 1;
  private static final int TRY_AGAIN_SECONDS = 1;

  private final boolean open;

  private DatabaseUnavailable(boolean open, ProblemType type, String detail) {
    super(type, detail);
    this.open = open;
    retryAfter(TRY_AGAIN_SECONDS);
    if (!open) {
      with("upstream", "database");
    }
  }

  /** The problem {@code upstream-unavailable}. */
  public static DatabaseUnavailable nothingWritten() {
    return new DatabaseUnavailable(
        false, ProblemType.UPSTREAM_UNAVAILABLE, "Nothing was written; try again.");
  }

  /** The problem {@code outcome-unknown}. */
  public static DatabaseUnavailable outcomeUnknown() {
    return new DatabaseUnavailable(
        true, ProblemType.OUTCOME_UNKNOWN, "It can't be told whether this was done; look again.");
  }

  @Override
  public String forTheLog() {
    return "no answer of the database in time";
  }

  /** Whether what failed with this may have taken effect all the same. */
  public static boolean leavesOpen(Throwable failure) {
    return failure instanceof DatabaseUnavailable unavailable && unavailable.open;
  }
}
