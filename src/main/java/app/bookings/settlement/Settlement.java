package app.bookings.settlement;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * One movement of money, points or pass uses. Its id is the one the neighbour's {@code PUT} takes:
 * the same over all repeats, so that a repeat is harmless (reliability.md, "How").
 *
 * @param attempt which attempt at paying the booking it belongs to; 1 is the create
 * @param position order within the booking
 * @param amount money, scale 2; 0 for a pass
 * @param coveredExtras what the pass covers, where it was named after the booking was made
 * @param paymentId the card payment that a card refund gives back
 * @param neighbourId the id under which the neighbour keeps it, where that is not ours
 * @param expiresAt until when a checkout may be paid
 * @param tries how many times somebody claimed it; whoever knows a smaller number has lost the
 *     claim
 * @param dueAt when it must be looked at again, or the end of the lease of whoever works on it;
 *     null: never, or, where it is unfinished, not written yet: whoever writes it gets a lease
 * @param traceparent the trace of the request that began it, as in W3C Trace Context; null without
 *     tracing
 * @param charges the charges that a refund gives back, each once; null for a charge
 * @param byGuest whether whoever pays has no account here, and so no wallet; null where a replica
 *     of the version before wrote it
 */
public record Settlement(
    UUID id,
    UUID bookingId,
    SettlementKind kind,
    SettlementState state,
    Occasion occasion,
    int attempt,
    int position,
    BigDecimal amount,
    UUID entitlementId,
    List<ExtraQuantity> coveredExtras,
    UUID paymentId,
    UUID neighbourId,
    String resultUrl,
    String checkoutUrl,
    Instant expiresAt,
    String failureReason,
    int tries,
    Instant dueAt,
    String lastError,
    Instant createdAt,
    Instant updatedAt,
    String traceparent,
    List<UUID> charges,
    Boolean byGuest) {

  /**
   * The same, standing elsewhere.
   *
   * @param reason why; null keeps what was said before
   * @throws IllegalStateException when it can't go there from where it stands
   */
  public Settlement moveTo(SettlementState next, String reason, Instant now) {
    if (!state.mayBecome(next)) {
      throw new IllegalStateException(kind + " can't become " + next + " from " + state);
    }
    return with(
        next,
        neighbourId,
        checkoutUrl,
        reason == null ? failureReason : reason,
        tries,
        null,
        next.unfinished() ? lastError : null,
        traceparent,
        now);
  }

  public Settlement leasedUntil(Instant end) {
    return with(
        state,
        neighbourId,
        checkoutUrl,
        failureReason,
        tries,
        end,
        lastError,
        traceparent,
        updatedAt);
  }

  /** Claimed once more: whoever had claimed it before holds it no longer. */
  public Settlement claimed() {
    return with(
        state,
        neighbourId,
        checkoutUrl,
        failureReason,
        tries + 1,
        dueAt,
        lastError,
        traceparent,
        updatedAt);
  }

  /**
   * Accepted by the neighbour, which will be asked again then.
   *
   * @param url where the customer pays; null keeps what was said before
   * @param heldAs the neighbour's own id; likewise
   * @throws IllegalStateException when it can't go there from where it stands
   */
  public Settlement await(String url, UUID heldAs, Instant askAgainAt, Instant now) {
    if (!state.mayBecome(SettlementState.AWAITING)) {
      throw new IllegalStateException(kind + " can't be awaited from " + state);
    }
    return with(
        SettlementState.AWAITING,
        heldAs == null ? neighbourId : heldAs,
        url == null ? checkoutUrl : url,
        failureReason,
        tries,
        askAgainAt,
        null,
        traceparent,
        now);
  }

  /** Of the trace that began it; whoever began it stays the one. */
  public Settlement begunBy(String trace) {
    return traceparent == null && trace != null
        ? with(
            state,
            neighbourId,
            checkoutUrl,
            failureReason,
            tries,
            dueAt,
            lastError,
            trace,
            updatedAt)
        : this;
  }

  /** What can change about a settlement; all else is as it began. */
  private Settlement with(
      SettlementState newState,
      UUID newNeighbourId,
      String newCheckoutUrl,
      String newFailureReason,
      int newTries,
      Instant newDueAt,
      String newLastError,
      String newTraceparent,
      Instant newUpdatedAt) {
    return new Settlement(
        id,
        bookingId,
        kind,
        newState,
        occasion,
        attempt,
        position,
        amount,
        entitlementId,
        coveredExtras,
        paymentId,
        newNeighbourId,
        resultUrl,
        newCheckoutUrl,
        expiresAt,
        newFailureReason,
        newTries,
        newDueAt,
        newLastError,
        createdAt,
        newUpdatedAt,
        newTraceparent,
        charges,
        byGuest);
  }

  /** The id under which the neighbour knows this movement. */
  public UUID idAtNeighbour() {
    return neighbourId == null ? id : neighbourId;
  }

  public boolean charge() {
    return kind.charge();
  }

  /** Accepted by the neighbour, but somebody else decides. */
  public boolean awaiting() {
    return state == SettlementState.AWAITING;
  }

  /** Whether this refund gives that charge back. */
  public boolean gives(Settlement charge) {
    if (charge() || charges != null) {
      return charges != null && charges.contains(charge.id);
    }
    // Written by a replica of the version before, which named a card payment or meant all there
    // was.
    return kind == SettlementKind.CARD_REFUND
        ? charge.id.equals(paymentId)
        : charge.state == SettlementState.DONE
            && (charge.kind == SettlementKind.WALLET_DEBIT
                || charge.kind == SettlementKind.CARD_PAYMENT)
            && !charge.createdAt.isAfter(createdAt);
  }
}
