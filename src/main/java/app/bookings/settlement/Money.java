package app.bookings.settlement;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Money as it crosses between services: decimal strings, scale 2 (domain.md, "Money"). */
public final class Money {

  public static final BigDecimal ZERO = new BigDecimal("0.00");

  /** The most that is booked, taken or given back at once: what a column holds. */
  public static final BigDecimal MOST = new BigDecimal("99999999.99");

  private Money() {}

  /**
   * The amount with scale 2.
   *
   * @throws ArithmeticException when it has fractions of a cent
   */
  public static BigDecimal of(BigDecimal amount) {
    return amount.setScale(2, RoundingMode.UNNECESSARY);
  }

  /** Whole points for an amount: one per currency unit, rounded up. */
  public static int points(BigDecimal amount) {
    return amount.setScale(0, RoundingMode.CEILING).intValueExact();
  }
}
