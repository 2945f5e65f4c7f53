package app.bookings.booking;

import app.bookings.problem.Problem;
import app.bookings.problem.ProblemType;
import java.time.Instant;
import java.util.Optional;

/** When a customer may cancel (domain.md, "State machine", "Money"). */
public final class Cancellation {

  private Cancellation() {}

  /** Why the customer may not cancel now; empty when they may. */
  public static Optional<Problem> refusal(Booking booking, Instant now) {
    if (!Transition.CANCELLED_BY_CUSTOMER.allowedFrom(booking.status())) {
      return Optional.of(booking.invalidState());
    }
    if (booking.status() == BookingStatus.PENDING || windowOpen(booking, now)) {
      return Optional.empty();
    }
    return Optional.of(
        Problem.of(
                ProblemType.CANCELLATION_WINDOW_CLOSED,
                "The time in which this booking could be cancelled is over.")
            .with("deadline", booking.session().cancellationDeadline()));
  }

  /** Without a deadline only what cost nothing yet can be cancelled, until the session starts. */
  private static boolean windowOpen(Booking booking, Instant now) {
    SessionSnapshot session = booking.session();
    if (session.cancellationDeadline() != null) {
      return now.isBefore(session.cancellationDeadline());
    }
    Payment payment = booking.payment();
    boolean paid = payment.state() == PaymentState.PAID || payment.absorbed();
    return !paid && now.isBefore(session.startsAt());
  }
}
