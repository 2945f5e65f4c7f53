package app.bookings.settlement;

/** The movements there are, one settlement each (reliability.md, "How"). */
public enum SettlementKind {
  PASS_REDEMPTION(PaymentMethod.PASS),
  WALLET_DEBIT(PaymentMethod.WALLET),
  BONUS_DEBIT(PaymentMethod.BONUS),
  CARD_PAYMENT(PaymentMethod.CARD),
  /** Money back to a signed-in customer's wallet, whether it came from there or from a card. */
  REFUND_REQUEST(null),
  /** Money back to a guest's card. */
  CARD_REFUND(null);

  private final PaymentMethod method;

  SettlementKind(PaymentMethod method) {
    this.method = method;
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

  /** The charge of money or points that serves a method. */
  public static SettlementKind of(PaymentMethod method) {
    for (SettlementKind kind : values()) {
      if (kind.method == method) {
        return kind;
      }
    }
    throw new IllegalArgumentException(method + " moves nothing");
  }
}
