package app.bookings.booking;

import app.bookings.problem.Problem;
import app.bookings.problem.ProblemType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** When a customer may cancel, and what they get back (domain.md, "State machine", "Money"). */
final class Cancellation {

  private Cancellation() {}

  static Optional<Problem> refusal(Booking booking, Instant now) {
    if (!Transition.CANCELLED_BY_CUSTOMER.allowedFrom(booking.status)) {
      return Optional.of(booking.invalidState());
    }
    if (booking.status == BookingStatus.PENDING || windowOpen(booking, now)) {
      return Optional.empty();
    }
    return Optional.of(
        Problem.of(
                ProblemType.CANCELLATION_WINDOW_CLOSED,
                "The time in which this booking could be cancelled is over.")
            .with("deadline", booking.cancellationDeadline));
  }

  /** Without a deadline only what cost nothing yet can be cancelled, until the session starts. */
  private static boolean windowOpen(Booking booking, Instant now) {
    if (booking.cancellationDeadline != null) {
      return now.isBefore(booking.cancellationDeadline);
    }
    boolean paid = booking.paymentState == PaymentState.PAID || booking.absorbed();
    return !paid && now.isBefore(booking.startsAt);
  }

  static List<GiveBack> toGiveBack(Booking booking) {
    return Settling.charges(booking)
        .filter(s -> s.state() == SettlementState.DONE)
        .map(s -> giveBack(booking, s))
        .toList();
  }

  private static GiveBack giveBack(Booking booking, Settlement charge) {
    return switch (charge.kind()) {
      case PASS_REDEMPTION -> new GiveBack(PaymentMethod.PASS, new BigDecimal("1.00"));
      case BONUS_DEBIT ->
          new GiveBack(
              PaymentMethod.BONUS,
              charge
                  .amount()
                  .setScale(0, RoundingMode.CEILING)
                  .setScale(2, RoundingMode.UNNECESSARY));
      case CARD_PAYMENT ->
          new GiveBack(
              booking.userId == null ? PaymentMethod.CARD : PaymentMethod.WALLET, charge.amount());
      case WALLET_DEBIT -> new GiveBack(PaymentMethod.WALLET, charge.amount());
      case REFUND_REQUEST, CARD_REFUND ->
          throw new IllegalArgumentException(charge.kind() + " is no charge");
    };
  }
}
