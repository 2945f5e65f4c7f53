package app.bookings.application;

import app.bookings.booking.BookedExtra;
import app.bookings.neighbours.Customer;
import app.bookings.neighbours.Session;
import app.bookings.platform.Ids;
import app.bookings.problem.Problem;
import app.bookings.problem.ProblemType;
import app.bookings.settlement.ExtraQuantity;
import app.bookings.settlement.Money;
import app.bookings.settlement.PaymentMethod;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The rules of booking that need no claim, in the order in which they are checked (domain.md,
 * "Booking rules"). Each throws the problem that answers.
 */
public final class BookingRules {

  private BookingRules() {}

  static void belongsTo(Session session, UUID companyId) {
    if (!session.companyId().equals(companyId)) {
      throw Problem.of(ProblemType.SESSION_NOT_FOUND, "The company has no such session.");
    }
  }

  static void bookable(Session session, Instant now) {
    if (!session.bookableAt(now)) {
      throw Problem.of(
          ProblemType.SESSION_NOT_BOOKABLE, "The session is not on offer, or not at this time.");
    }
  }

  static void welcome(Customer customer) {
    if (customer.banned()) {
      throw Problem.of(ProblemType.CUSTOMER_BANNED, "The company does not take this booking.");
    }
  }

  /** The lines of the chosen extras, all to be paid: a pass may cover some of them later. */
  static List<BookedExtra> extras(Session session, List<ExtraQuantity> chosen, UUID bookingId) {
    Map<UUID, Integer> quantities = new LinkedHashMap<>();
    chosen.forEach(extra -> quantities.merge(extra.extraId(), extra.quantity(), Integer::sum));
    return quantities.entrySet().stream()
        .map(chosenExtra -> line(session, chosenExtra.getKey(), chosenExtra.getValue(), bookingId))
        .toList();
  }

  private static BookedExtra line(Session session, UUID extraId, int quantity, UUID bookingId) {
    Session.Extra extra =
        session
            .extra(extraId)
            .filter(known -> known.available() && quantity <= known.maxQuantity())
            .orElseThrow(
                () ->
                    Problem.of(
                        ProblemType.EXTRA_NOT_AVAILABLE,
                        "An extra is unknown, not available, or not in this quantity."));
    return new BookedExtra(
        Ids.next(), bookingId, extraId, extra.name(), extra.price(), quantity, extra.price(), null);
  }

  /** The sum of price and extras, passes left aside. */
  static BigDecimal fullPrice(BigDecimal price, List<BookedExtra> extras) {
    BigDecimal full = extras.stream().map(BookedExtra::amount).reduce(price, BigDecimal::add);
    if (full.compareTo(Money.MOST) > 0) {
      throw Problem.of(ProblemType.EXTRA_NOT_AVAILABLE, "Not in this quantity: it costs too much.");
    }
    return full;
  }

  /** Guests have neither wallet nor points nor passes. */
  static void methodOpenTo(Booker booker, PaymentMethod method) {
    if (!booker.mayUse(method)) {
      throw Problem.of(ProblemType.PAYMENT_METHOD_NOT_ALLOWED, "This needs an account.");
    }
  }

  /**
   * The method, and with a pass the one for the extras, must be allowed in the session. Nothing to
   * be paid needs no method.
   */
  public static void methodAllowed(
      List<PaymentMethod> allowed, PaymentMethod method, PaymentMethod extrasMethod) {
    boolean usable = allowed.contains(method) && method != PaymentMethod.FREE;
    if (method == PaymentMethod.PASS && extrasMethod != null) {
      usable &= allowed.contains(extrasMethod) && extrasMethod.paysRemainder();
    }
    if (!usable) {
      throw Problem.of(
          ProblemType.PAYMENT_METHOD_NOT_ALLOWED, "The session can't be paid in this way.");
    }
  }

  /** What a pass leaves must be paid by something. */
  public static void remainderCovered(BigDecimal remainder, PaymentMethod extrasMethod) {
    if (remainder.signum() > 0 && extrasMethod == null) {
      throw Problem.of(
          ProblemType.REMAINDER_NOT_COVERED, "The pass leaves extras that no method pays.");
    }
  }

  /** The caller agreed to this total, if they named one. */
  public static void expected(BigDecimal total, BigDecimal expected) {
    if (expected != null && Money.of(expected).compareTo(total) != 0) {
      throw Problem.of(ProblemType.PRICE_CHANGED, "Look at the total and decide again.")
          .with("total", total);
    }
  }
}
