package app.bookings.booking;

import app.bookings.settlement.Settlement;
import app.bookings.settlement.SettlementState;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Stream;

/**
 * The charges among a booking's settlements. A charge that a refund names has been given back, or
 * is on its way: it pays for nothing any more and is never given back again.
 */
final class Charges {

  private Charges() {}

  /** All of them, in their order. */
  static Stream<Settlement> of(Booking booking) {
    // A copy, since callers replace while they walk.
    return List.copyOf(booking.settlements).stream().filter(Settlement::charge);
  }

  /** Done or on their way, and not given back. */
  static Stream<Settlement> live(Booking booking) {
    return of(booking).filter(s -> s.state().live() && !givenBack(booking, s));
  }

  /** Done, and not given back: what the customer has paid. */
  static Stream<Settlement> kept(Booking booking) {
    return live(booking).filter(s -> s.state() == SettlementState.DONE);
  }

  /** What the customer has paid in money or points. */
  static Stream<Settlement> moneyKept(Booking booking) {
    return kept(booking).filter(s -> s.kind().money());
  }

  /** Whether a refund names it, however that refund stands. */
  static boolean givenBack(Booking booking, Settlement charge) {
    return booking.settlements.stream().anyMatch(refund -> refund.gives(charge));
  }

  static BigDecimal sum(List<Settlement> settlements) {
    return settlements.stream()
        .map(Settlement::amount)
        .reduce(new BigDecimal("0.00"), BigDecimal::add);
  }
}
