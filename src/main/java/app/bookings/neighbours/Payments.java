package app.bookings.neighbours;

import app.bookings.booking.Booking;
import app.bookings.neighbours.PaymentsApi.Refund;
import app.bookings.neighbours.PaymentsApi.StartPayment;
import app.bookings.settlement.DeclineReason;
import app.bookings.settlement.Outcome;
import app.bookings.settlement.Settlement;
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

  private final NeighbourCalls neighbours;
  private final PaymentsApi api;

  Payments(NeighbourCalls neighbours, NeighbourClients clients) {
    this.neighbours = neighbours;
    this.api = clients.client(Neighbour.PAYMENTS, PaymentsApi.class);
  }

  /** Opens a checkout; declined with {@code payment-failed}. */
  public Uni<Outcome> start(Booking booking, Settlement payment) {
    StartPayment body =
        new StartPayment(
            "BOOKING",
            booking.id(),
            booking.parties().companyId(),
            booking.parties().customerId(),
            payment.amount(),
            booking.payment().currency(),
            payment.resultUrl(),
            payment.expiresAt());
    return neighbours.call(
        Neighbour.PAYMENTS,
        () -> api.startPayment(payment.id(), body),
        answer ->
            answer.status() == 422
                ? new Outcome.Refused(DeclineReason.PAYMENT_FAILED, answer.firstTry())
                : standing(answer, booking, payment));
  }

  /** How a payment stands; one that payments never heard of has not happened. */
  public Uni<Outcome> payment(Booking booking, Settlement payment) {
    return neighbours.call(
        Neighbour.PAYMENTS,
        () -> api.getPayment(payment.id()),
        answer ->
            answer.status() == 404
                ? new Outcome.Waiting(null, null)
                : standing(answer, booking, payment));
  }

  /** Cancels a pending payment. One that has succeeded stands, and this says so. */
  public Uni<Outcome> cancel(Booking booking, Settlement payment) {
    return neighbours.call(
        Neighbour.PAYMENTS,
        () -> api.cancelPayment(payment.id()),
        answer -> {
          Outcome outcome = standing(answer, booking, payment);
          if (outcome instanceof Outcome.Waiting) {
            throw ResponseReader.unexpected(Neighbour.PAYMENTS, answer);
          }
          return outcome instanceof Outcome.Failed ? new Outcome.GivenBack() : outcome;
        });
  }

  /** Money back to the card, or how that stands when it was asked for before. */
  public Uni<Outcome> refund(UUID refundId, UUID paymentId, BigDecimal amount) {
    return neighbours.call(
        Neighbour.PAYMENTS,
        () -> api.refundPayment(refundId, new Refund(paymentId, amount)),
        answer -> {
          if (answer.status() == 422) {
            return new Outcome.Failed(null);
          }
          Outcome outcome = standing(answer);
          MovementResponses.about(Neighbour.PAYMENTS, answer, "id", refundId);
          return outcome instanceof Outcome.Failed ? new Outcome.Failed(null) : outcome;
        });
  }

  private static Outcome standing(NeighbourResponse answer, Booking booking, Settlement payment) {
    Outcome outcome = standing(answer);
    if (answer.ok()) {
      MovementResponses.about(Neighbour.PAYMENTS, answer, "id", payment.id());
      MovementResponses.over(
          Neighbour.PAYMENTS, answer, payment.amount(), booking.payment().currency());
    }
    return outcome;
  }

  private static Outcome standing(NeighbourResponse answer) {
    if (answer.status() == 409 && answer.slug().equals("voided")) {
      return new Outcome.GivenBack();
    }
    if (!answer.ok()) {
      throw ResponseReader.unexpected(Neighbour.PAYMENTS, answer);
    }
    return switch (answer.text("status")) {
      case "succeeded" -> new Outcome.Moved();
      case "pending" -> new Outcome.Waiting(url(answer), null);
      case "failed" -> new Outcome.Failed(DeclineReason.PAYMENT_FAILED);
      case "voided" -> new Outcome.GivenBack();
      default -> throw ResponseReader.unexpected(Neighbour.PAYMENTS, answer);
    };
  }

  /** Where the customer pays; it is shown to them, so it is of the web and nothing else. */
  private static String url(NeighbourResponse answer) {
    if (!answer.body().hasNonNull("paymentUrl")) {
      return null;
    }
    String url = answer.text("paymentUrl");
    if (url.length() > LONGEST_URL || !ofTheWeb(url)) {
      throw ResponseReader.unfit(Neighbour.PAYMENTS, "paymentUrl");
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
