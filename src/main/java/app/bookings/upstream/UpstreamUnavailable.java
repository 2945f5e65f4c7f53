package app.bookings.upstream;

import app.bookings.problem.Problem;
import app.bookings.problem.ProblemType;

/**
 * A neighbour said nothing one can rely on: no connection, no answer in time, an error of its own,
 * an answer nobody can read. Whether it did what it was asked is unknown.
 */
public final class UpstreamUnavailable extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final Upstream upstream;
  private final Integer retryAfterSeconds;
  private final boolean worthRetrying;

  UpstreamUnavailable(
      Upstream upstream, String what, Integer retryAfterSeconds, boolean worthRetrying) {
    super(upstream.label() + ": " + what, null, false, false);
    this.upstream = upstream;
    this.retryAfterSeconds = retryAfterSeconds;
    this.worthRetrying = worthRetrying;
  }

  public Upstream upstream() {
    return upstream;
  }

  /** Seconds the neighbour asked us to wait, or null. */
  public Integer retryAfterSeconds() {
    return retryAfterSeconds;
  }

  /** As the caller gets it before a place is claimed: nothing is written then (api.md). */
  public Problem problem() {
    return Problem.of(
            ProblemType.UPSTREAM_UNAVAILABLE, "Nothing was written; the request may be repeated.")
        .with("upstream", upstream.label())
        .retryAfter(retryAfterSeconds == null ? 1 : retryAfterSeconds);
  }

  boolean worthRetrying() {
    return worthRetrying;
  }
}
