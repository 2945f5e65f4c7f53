package app.bookings.settlement;

import app.bookings.platform.Ids;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * How settlements begin: what is written before any neighbour is asked (reliability.md, "How").
 * Those of one attempt at paying, or of one giving back, begin together.
 *
 * @param attempt which attempt at paying the booking; 0 for giving back
 */
public record Intent(UUID bookingId, Occasion occasion, int attempt, Instant at) {

  /** To give something back. */
  public static Intent toGiveBack(UUID bookingId, Instant at) {
    return new Intent(bookingId, Occasion.GIVE_BACK, 0, at);
  }

  /**
   * One use of a pass.
   *
   * @param entitlementId null where coverage found no pass: the redemption is refused before
   *     anybody is asked
   * @param covered extras that it covers, where it was named after the booking was made
   */
  public Settlement pass(
      int position, UUID entitlementId, List<ExtraQuantity> covered, boolean byGuest) {
    SettlementKind kind = SettlementKind.PASS_REDEMPTION;
    return new Settlement(
        Ids.next(),
        bookingId,
        kind,
        entitlementId == null ? SettlementState.REFUSED : SettlementState.DUE,
        occasion,
        attempt,
        position,
        Money.ZERO,
        entitlementId,
        covered.isEmpty() ? null : covered,
        null,
        null,
        null,
        null,
        null,
        entitlementId == null ? kind.refusal().slug() : null,
        1,
        null,
        null,
        at,
        at,
        null,
        null,
        byGuest);
  }

  /**
   * A charge of money or points.
   *
   * @param resultUrl where a checkout leads back to; null for none
   * @param until until when a checkout may be paid
   */
  public Settlement charge(
      SettlementKind kind,
      int position,
      BigDecimal amount,
      String resultUrl,
      Instant until,
      boolean byGuest) {
    boolean checkout = kind == SettlementKind.CARD_PAYMENT;
    return due(
        kind,
        position,
        amount,
        null,
        checkout ? resultUrl : null,
        checkout ? until : null,
        null,
        byGuest);
  }

  /** Gives these charges back, each once; through the gateway it names the card's payment. */
  public Settlement refund(SettlementKind kind, int position, List<Settlement> charges) {
    UUID payment = kind == SettlementKind.CARD_REFUND ? charges.get(0).id() : null;
    return due(
        kind,
        position,
        Settlements.sum(charges.stream()),
        payment,
        null,
        null,
        charges.stream().map(Settlement::id).toList(),
        null);
  }

  private Settlement due(
      SettlementKind kind,
      int position,
      BigDecimal amount,
      UUID paymentId,
      String resultUrl,
      Instant until,
      List<UUID> charges,
      Boolean byGuest) {
    return new Settlement(
        Ids.next(),
        bookingId,
        kind,
        SettlementState.DUE,
        occasion,
        attempt,
        position,
        amount,
        null,
        null,
        paymentId,
        null,
        resultUrl,
        null,
        until,
        null,
        1,
        null,
        null,
        at,
        at,
        null,
        charges,
        byGuest);
  }
}
