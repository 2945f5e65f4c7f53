package app.bookings.booking;

import java.util.UUID;

/**
 * What a neighbour said about a movement. That it said nothing one can rely on is no outcome: the
 * settlement then stays as it is and is asked for again with the same id.
 */
public sealed interface Outcome {

  /** It happened: debited, redeemed, paid, refunded. */
  record Moved() implements Outcome {}

  /**
   * Accepted, but somebody else decides: a checkout is open, a refund waits for approval.
   *
   * @param checkoutUrl where the customer pays; null for a refund
   * @param neighbourId the neighbour's id, where it already had one of its own; else null
   */
  record Waiting(String checkoutUrl, UUID neighbourId) implements Outcome {}

  /**
   * A definite no.
   *
   * @param reason null for a refused refund
   * @param certain false when an earlier try of the same id may still be on its way; the id must
   *     then be voided
   */
  record Refused(DeclineReason reason, boolean certain) implements Outcome {}

  /** Given back, or voided so that it can never happen. */
  record GivenBack() implements Outcome {}
}
