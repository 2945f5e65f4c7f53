package app.bookings.problem;

import app.bookings.platform.Outage;
import io.smallrye.mutiny.TimeoutException;

/** Why work is left to a later round, for the log: foreseen failures by their kind alone. */
public final class Failures {

  private Failures() {}

  /** Logs it once per outage; with a stack trace only if it was not expected. */
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
