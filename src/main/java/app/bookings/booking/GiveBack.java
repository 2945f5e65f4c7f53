package app.bookings.booking;

import app.bookings.settlement.PaymentMethod;
import app.bookings.settlement.Settlement;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * How one charge goes back (domain.md, "Money").
 *
 * @param charge what was taken
 */
public record GiveBack(Settlement charge, Way way) {

  /** How a charge goes back follows from what it is and who made it. */
  public enum Way {
    /** By wallet's refund request: the money is in the wallet once it is approved. */
    REFUND_REQUEST,
    /** Through the gateway to the card. */
    CARD_REFUND,
    /** By the charge's own reversal, or release. */
    REVERSAL
  }

  /** Where it goes: a signed-in customer's card payment goes to the wallet. */
  public PaymentMethod to() {
    return switch (way) {
      case REFUND_REQUEST -> PaymentMethod.WALLET;
      case CARD_REFUND -> PaymentMethod.CARD;
      case REVERSAL -> charge.kind().method();
    };
  }

  /** Money, scale 2; whole points for BONUS; 1 use for PASS. */
  public BigDecimal amount() {
    return switch (charge.kind().unit()) {
      case USE -> new BigDecimal("1.00");
      case POINTS ->
          charge.amount().setScale(0, RoundingMode.CEILING).setScale(2, RoundingMode.UNNECESSARY);
      case MONEY -> charge.amount();
    };
  }
}
