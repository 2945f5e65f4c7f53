package app.bookings.neighbours;

import app.bookings.problem.Problem;
import app.bookings.problem.ProblemType;

/**
 * A neighbour gave no usable answer: no connection, no answer in time, an error of its own, an
 * answer nobody can read. Whether it did what it was asked is unknown. To a caller this is the
 * problem {@code upstream-unavailable}: before a place is claimed, nothing is written then (api.md,
 * "Problems").
 */
public final class NeighbourUnavailable extends Problem {

  private static final long serialVersionUID = 1;

  private final Neighbour neighbour;
  private final String what;
  private final boolean worthRetrying;
  private final Integer askedSeconds;
  private final boolean aboutContent;

  NeighbourUnavailable(
      Neighbour neighbour, String what, Integer retryAfterSeconds, boolean worthRetrying) {
    this(neighbour, what, retryAfterSeconds, worthRetrying, false);
  }

  private NeighbourUnavailable(
      Neighbour neighbour,
      String what,
      Integer retryAfterSeconds,
      boolean worthRetrying,
      boolean aboutContent) {
    super(ProblemType.UPSTREAM_UNAVAILABLE, "Nothing was written; the request may be repeated.");
    this.neighbour = neighbour;
    this.what = what;
    this.worthRetrying = worthRetrying;
    this.askedSeconds = retryAfterSeconds;
    this.aboutContent = aboutContent;
    with("upstream", neighbour.label());
    retryAfter(retryAfterSeconds == null ? 1 : retryAfterSeconds);
  }

  /** For an answer whose content does not fit: asked for again, but no sign of an outage. */
  static NeighbourUnavailable misfit(Neighbour neighbour, String what) {
    return new NeighbourUnavailable(neighbour, what, null, true, true);
  }

  /**
   * Whether it is one thing that does not fit, which callers choose by what they ask for, and not
   * the neighbour as a whole.
   */
  boolean aboutContent() {
    return aboutContent;
  }

  /** Which neighbour it was and what it did, for operators. */
  public String what() {
    return neighbour.label() + ": " + what;
  }

  @Override
  public String forTheLog() {
    return what();
  }

  /** The same without its name. */
  String reason() {
    return what;
  }

  /** For how many seconds the neighbour itself asked to be left alone; null where it did not. */
  public Integer askedSeconds() {
    return askedSeconds;
  }

  /** Whether it is the neighbour's condition, which passes, and not what it was asked. */
  boolean worthRetrying() {
    return worthRetrying;
  }
}
