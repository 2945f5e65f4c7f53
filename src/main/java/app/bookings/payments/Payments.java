package app.bookings.payments;

import app.bookings.booking.Booking;
import app.bookings.booking.DeclineReason;
import app.bookings.booking.Outcome;
import app.bookings.booking.Settlement;
import app.bookings.payments.PaymentsApi.Refund;
import app.bookings.payments.PaymentsApi.StartPayment;
import app.bookings.upstream.Answer;
import app.bookings.upstream.Movements;
import app.bookings.upstream.Neighbours;
import app.bookings.upstream.Upstream;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.UUID;

/** Card payments through the company's gateway. Money has scale 2. */
@ApplicationScoped
public class Payments {

  private static final int LONGEST_URL = 2000;

  private final Neighbours neighbours;
  private final PaymentsApi api;

  Payments(Neighbours neighbours) {
    this.neighbours = neighbours;
    this.api = neighbours.client(Upstream.PAYMENTS, PaymentsApi.class);
  }

  /** Opens a checkout; declined with {@code payment-failed}. */
  public Uni<Outcome> start(Booking booking, Settlement payment) {
    StartPayment body =
        new StartPayment(
            "BOOKING",
            booking.id(),
            booking.companyId(),
            booking.customerId(),
            payment.amount(),
            booking.currency(),
            payment.resultUrl(),
            payment.expiresAt());
    return neighbours.call(
        Upstream.PAYMENTS,
        () -> api.startPayment(payment.id(), body),
        answer ->
            answer.status() == 422
                ? new Outcome.Refused(DeclineReason.PAYMENT_FAILED, answer.firstTry())
                : standing(answer, booking, payment));
  }

  /** How a payment stands; one that payments never heard of has not happened. */
  public Uni<Outcome> payment(Booking booking, Settlement payment) {
    return neighbours.call(
        Upstream.PAYMENTS,
        () -> api.getPayment(payment.id()),
        answer ->
            answer.status() == 404
                ? new Outcome.Waiting(null, null)
                : standing(answer, booking, payment));
  }

  /** Cancels a pending payment. One that has succeeded stands, and this says so. */
  public Uni<Outcome> cancel(Booking booking, Settlement payment) {
    return neighbours.call(
        Upstream.PAYMENTS,
        () -> api.cancelPayment(payment.id()),
        answer -> {
          Outcome outcome = standing(answer, booking, payment);
          if (outcome instanceof Outcome.Waiting) {
            throw Neighbours.unexpected(Upstream.PAYMENTS, answer);
          }
          return outcome instanceof Outcome.Failed ? new Outcome.GivenBack() : outcome;
        });
  }

  /** Money back to the card, or how that stands when it was asked for before. */
  public Uni<Outcome> refund(UUID refundId, UUID paymentId, BigDecimal amount) {
    return neighbours.call(
        Upstream.PAYMENTS,
        () -> api.refundPayment(refundId, new Refund(paymentId, amount)),
        answer -> {
          if (answer.status() == 422) {
            return new Outcome.Failed(null);
          }
          Outcome outcome = standing(answer);
          Movements.about(Upstream.PAYMENTS, answer, "id", refundId);
          return outcome instanceof Outcome.Failed ? new Outcome.Failed(null) : outcome;
        });
  }

  private static Outcome standing(Answer answer, Booking booking, Settlement payment) {
    Outcome outcome = standing(answer);
    if (answer.ok()) {
      Movements.about(Upstream.PAYMENTS, answer, "id", payment.id());
      Movements.over(Upstream.PAYMENTS, answer, payment.amount(), booking.currency());
    }
    return outcome;
  }

  private static Outcome standing(Answer answer) {
    if (answer.status() == 409 && answer.slug().equals("voided")) {
      return new Outcome.GivenBack();
    }
    if (!answer.ok()) {
      throw Neighbours.unexpected(Upstream.PAYMENTS, answer);
    }
    return switch (answer.text("status")) {
      case "succeeded" -> new Outcome.Moved();
      case "pending" -> new Outcome.Waiting(url(answer), null);
      case "failed" -> new Outcome.Failed(DeclineReason.PAYMENT_FAILED);
      case "voided" -> new Outcome.GivenBack();
      default -> throw Neighbours.unexpected(Upstream.PAYMENTS, answer);
    };
  }

  /** Where the customer pays; it is shown to them, so it is of the web and nothing else. */
  private static String url(Answer answer) {
    if (!answer.body().hasNonNull("paymentUrl")) {
      return null;
    }
    String url = answer.text("paymentUrl");
    if (url.length() > LONGEST_URL || !ofTheWeb(url)) {
      throw Neighbours.unfit(Upstream.PAYMENTS, "paymentUrl");
    }
    return url;
  }

  private static boolean ofTheWeb(String url) {
    try {
      URI uri = new URI(url);
      return ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))
          && uri.getHost() != null;
    } catch (URISyntaxException malformed) {
      return false;
    }
  }
}
