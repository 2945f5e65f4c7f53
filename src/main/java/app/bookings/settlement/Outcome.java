package app.bookings.settlement;

import java.util.UUID;

/**
 * What a neighbour said about a movement. That it gave no usable answer is no outcome: the
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
   * A no to this one request, which left no trace: another request with the same id may still move
   * it.
   *
   * @param reason null for a refused refund
   * @param onlyTry false when an earlier try of the same call may still be on its way
   */
  record Refused(DeclineReason reason, boolean onlyTry) implements Outcome {}

  /**
   * It is over and has not moved, and no request will change that: a payment failed, a refund was
   * rejected.
   *
   * @param reason null for a rejected refund
   */
  record Failed(DeclineReason reason) implements Outcome {}

  /** Given back, or voided so that it can never happen. */
  record GivenBack() implements Outcome {}
}
