package app.bookings.settlement;

/** The movements there are, one settlement each (reliability.md, "How"). */
public enum SettlementKind {
  PASS_REDEMPTION(PaymentMethod.PASS, DeclineReason.ENTITLEMENT_NOT_USABLE),
  WALLET_DEBIT(PaymentMethod.WALLET, DeclineReason.INSUFFICIENT_FUNDS),
  BONUS_DEBIT(PaymentMethod.BONUS, DeclineReason.INSUFFICIENT_BONUS),
  CARD_PAYMENT(PaymentMethod.CARD, DeclineReason.PAYMENT_FAILED),
  /** Money back to a signed-in customer's wallet, whether it came from there or from a card. */
  REFUND_REQUEST(null, null),
  /** Money back to a guest's card. */
  CARD_REFUND(null, null);

  private final PaymentMethod method;
  private final DeclineReason refusal;

  SettlementKind(PaymentMethod method, DeclineReason refusal) {
    this.method = method;
    this.refusal = refusal;
  }

  /** A charge takes something from the customer; the others give back. */
  public boolean charge() {
    return method != null;
  }

  /** A charge of money or points, as opposed to the use of a pass. */
  public boolean money() {
    return charge() && this != PASS_REDEMPTION;
  }

  /** The payment method that a charge serves; null for a refund. */
  public PaymentMethod method() {
    return method;
  }

  /** What the customer is told when the neighbour says no to a charge; null for a refund. */
  public DeclineReason refusal() {
    return refusal;
  }

  /**
   * The charge that serves a method.
   *
   * @throws IllegalArgumentException when nothing moves with it
   */
  public static SettlementKind of(PaymentMethod method) {
    return switch (method) {
      case WALLET -> WALLET_DEBIT;
      case BONUS -> BONUS_DEBIT;
      case PASS -> PASS_REDEMPTION;
      case CARD -> CARD_PAYMENT;
      case FREE, ON_SITE -> throw new IllegalArgumentException(method + " moves nothing");
    };
  }
}
