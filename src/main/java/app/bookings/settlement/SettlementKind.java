package app.bookings.settlement;

/** The movements there are, one settlement each (reliability.md, "How"). */
public enum SettlementKind {
  PASS_REDEMPTION(PaymentMethod.PASS, Unit.USE, DeclineReason.ENTITLEMENT_NOT_USABLE),
  WALLET_DEBIT(PaymentMethod.WALLET, Unit.MONEY, DeclineReason.INSUFFICIENT_FUNDS),
  BONUS_DEBIT(PaymentMethod.BONUS, Unit.POINTS, DeclineReason.INSUFFICIENT_BONUS),
  CARD_PAYMENT(PaymentMethod.CARD, Unit.MONEY, DeclineReason.PAYMENT_FAILED),
  /** Money back to a signed-in customer's wallet, whether it came from there or from a card. */
  REFUND_REQUEST(null, Unit.MONEY, null),
  /** Money back to a guest's card. */
  CARD_REFUND(null, Unit.MONEY, null);

  /** In what it is counted. */
  public enum Unit {
    MONEY,
    /** Whole ones, one for each currency unit, rounded up. */
    POINTS,
    USE
  }

  private final PaymentMethod method;
  private final Unit unit;
  private final DeclineReason refusal;

  SettlementKind(PaymentMethod method, Unit unit, DeclineReason refusal) {
    this.method = method;
    this.unit = unit;
    this.refusal = refusal;
  }

  /** A charge takes something from the customer; the others give back. */
  public boolean charge() {
    return method != null;
  }

  /** A charge of money or points, as opposed to the use of a pass. */
  public boolean money() {
    return charge() && unit != Unit.USE;
  }

  /** In what it is counted. */
  public Unit unit() {
    return unit;
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
