package app.bookings.booking;

import java.math.BigDecimal;
import java.util.UUID;

/**
 * One line of extras as it was bought (domain.md, "Tables", booking_extra).
 *
 * @param price per unit, as catalog had it at booking time
 * @param pricePaid per unit actually billed: 0 where a pass covers the line
 */
public record BookedExtra(
    UUID id,
    UUID bookingId,
    UUID extraId,
    String name,
    BigDecimal price,
    int quantity,
    BigDecimal pricePaid,
    UUID coveredByEntitlementId) {

  /** What is to be paid for the whole line. */
  public BigDecimal amount() {
    return pricePaid.multiply(BigDecimal.valueOf(quantity));
  }
}
