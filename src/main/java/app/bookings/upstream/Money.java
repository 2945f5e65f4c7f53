package app.bookings.upstream;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Money as it crosses between services: decimal strings, scale 2 (domain.md, "Money"). */
public final class Money {

  public static final BigDecimal ZERO = new BigDecimal("0.00");

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
