package app.bookings.booking;

import app.bookings.settlement.PaymentMethod;
import app.bookings.settlement.SettlementKind;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * How a booking is to be paid (domain.md, "Money").
 *
 * @param method what the booking shows; FREE where nothing is to be paid
 * @param entitlementId the pass that absorbs the price; null without a pass, or when none fits
 * @param extras the lines, split where the pass covers a line in part
 * @param total money or points to be paid, scale 2
 * @param remainder what pays the total: the method itself, or with a pass the extras' method
 */
public record PaymentPlan(
    PaymentMethod method,
    UUID entitlementId,
    List<BookedExtra> extras,
    BigDecimal total,
    PaymentMethod remainder) {

  /** The movements to be made, in the order they are made: cheapest to undo first. */
  List<SettlementKind> charges() {
    List<SettlementKind> charges = new ArrayList<>();
    if (method == PaymentMethod.PASS) {
      charges.add(SettlementKind.PASS_REDEMPTION);
      if (entitlementId == null) {
        return charges;
      }
    }
    if (total.signum() > 0 && remainder != PaymentMethod.ON_SITE) {
      charges.add(SettlementKind.of(remainder));
    }
    return charges;
  }
}
