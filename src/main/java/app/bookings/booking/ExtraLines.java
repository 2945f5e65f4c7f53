package app.bookings.booking;

import app.bookings.platform.Ids;
import app.bookings.settlement.ExtraQuantity;
import app.bookings.settlement.PaymentMethod;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Splits lines of extras by what a pass covers (domain.md, "Tables", booking_extra). */
public final class ExtraLines {

  private ExtraLines() {}

  /**
   * The lines with the covered units apart: a line that is covered in part becomes two. More
   * covered units than a line has are ignored; quantities add up to what they were.
   *
   * @param covered null for none
   */
  public static List<BookedExtra> split(
      List<BookedExtra> lines, List<ExtraQuantity> covered, UUID entitlementId) {
    Map<UUID, Integer> left = new HashMap<>();
    if (covered != null && entitlementId != null) {
      covered.forEach(c -> left.merge(c.extraId(), Math.max(0, c.quantity()), Integer::sum));
    }
    List<BookedExtra> split = new ArrayList<>();
    for (BookedExtra line : lines) {
      int units = Math.min(line.quantity(), left.getOrDefault(line.extraId(), 0));
      left.merge(line.extraId(), -units, Integer::sum);
      if (units > 0) {
        split.add(line(line, line.id(), units, new BigDecimal("0.00"), entitlementId));
      }
      if (units < line.quantity()) {
        UUID id = units == 0 ? line.id() : Ids.next();
        split.add(line(line, id, line.quantity() - units, line.price(), null));
      }
    }
    return split;
  }

  private static BookedExtra line(
      BookedExtra of, UUID id, int quantity, BigDecimal pricePaid, UUID entitlementId) {
    return new BookedExtra(
        id,
        of.bookingId(),
        of.extraId(),
        of.name(),
        of.price(),
        quantity,
        pricePaid,
        entitlementId);
  }

  /** Money or points to be paid: the price unless a pass absorbs it, and the uncovered extras. */
  public static BigDecimal total(PaymentMethod method, BigDecimal price, List<BookedExtra> extras) {
    return method == PaymentMethod.PASS ? uncovered(extras) : price.add(uncovered(extras));
  }

  /** The units of each extra, as passes are asked about them. */
  public static List<ExtraQuantity> quantities(List<BookedExtra> lines) {
    return lines.stream().map(line -> new ExtraQuantity(line.extraId(), line.quantity())).toList();
  }

  static BigDecimal uncovered(List<BookedExtra> extras) {
    return extras.stream().map(BookedExtra::amount).reduce(new BigDecimal("0.00"), BigDecimal::add);
  }
}
