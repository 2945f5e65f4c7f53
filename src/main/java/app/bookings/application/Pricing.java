package app.bookings.application;

import app.bookings.booking.BookedExtra;
import app.bookings.booking.ExtraLines;
import app.bookings.booking.PaymentPlan;
import app.bookings.neighbours.Coverage;
import app.bookings.settlement.Money;
import app.bookings.settlement.PaymentMethod;
import java.math.BigDecimal;
import java.util.List;

/** What is to be paid and how (domain.md, "Money"). */
public final class Pricing {

  private Pricing() {}

  /** Price and extras sum to nothing: settled as FREE whatever was asked for. */
  static PaymentPlan free(List<BookedExtra> extras) {
    return new PaymentPlan(PaymentMethod.FREE, null, extras, Money.ZERO, PaymentMethod.FREE);
  }

  /** The whole sum is paid by one method. */
  public static PaymentPlan whole(
      PaymentMethod method, List<BookedExtra> extras, BigDecimal total) {
    return new PaymentPlan(method, null, extras, total, method);
  }

  /**
   * A pass absorbs the price and what it covers of the extras; the rest is paid by another method.
   * A coverage without an entitlement makes a plan whose redemption is refused.
   */
  public static PaymentPlan pass(
      Coverage coverage, List<BookedExtra> extras, PaymentMethod extrasMethod) {
    List<BookedExtra> split =
        ExtraLines.split(extras, coverage.coveredExtras(), coverage.entitlementId());
    BigDecimal remainder =
        split.stream().map(BookedExtra::amount).reduce(Money.ZERO, BigDecimal::add);
    return new PaymentPlan(
        PaymentMethod.PASS, coverage.entitlementId(), split, remainder, extrasMethod);
  }
}
