package app.bookings.seats;

/** What comes after a claim that found no slot: an answer, or another try. */
public sealed interface AfterClaim {

  /** The booking is there: an earlier try of the same statement has written it. */
  record Written() implements AfterClaim {}

  record Refused(NoPlace why) implements AfterClaim {}

  /**
   * A place is there, or was a moment ago.
   *
   * @param waits whether others are at all slots, so that one has to be waited for
   */
  record TryAgain(boolean waits) implements AfterClaim {}
}
