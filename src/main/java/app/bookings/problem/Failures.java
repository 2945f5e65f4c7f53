package app.bookings.problem;

import app.bookings.platform.Outage;
import io.smallrye.mutiny.TimeoutException;

/** Why work is left to a later round, for the log: foreseen failures by their kind alone. */
public final class Failures {

  private Failures() {}

  /** Tells it once per outage; with a stack trace only what nobody foresaw. */
  public static void tell(Outage outage, Throwable failure) {
    if (failure instanceof Problem problem) {
      outage.failed(problem.forTheLog());
    } else if (failure instanceof TimeoutException) {
      outage.failed("not done in time");
    } else {
      outage.failed(failure);
    }
  }
}
