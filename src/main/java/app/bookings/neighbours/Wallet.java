package app.bookings.neighbours;

import app.bookings.neighbours.WalletApi.Debit;
import app.bookings.neighbours.WalletApi.RefundRequest;
import app.bookings.settlement.DeclineReason;
import app.bookings.settlement.Outcome;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.util.UUID;

/** Debits of a customer's wallet and requests to refund to it. Money has scale 2. */
@ApplicationScoped
public class Wallet {

  private final NeighbourCalls neighbours;
  private final WalletApi api;

  Wallet(NeighbourCalls neighbours, NeighbourClients clients) {
    this.neighbours = neighbours;
    this.api = clients.client(Neighbour.WALLET, WalletApi.class);
  }

  /** Takes money; declined with {@code insufficient-funds}. */
  public Uni<Outcome> debit(
      UUID debitId, UUID customerId, BigDecimal amount, String currency, UUID bookingId) {
    return neighbours.call(
        Neighbour.WALLET,
        () -> api.debit(debitId, new Debit(customerId, amount, currency, bookingId)),
        answer -> {
          if (answer.ok()) {
            MovementResponses.over(Neighbour.WALLET, answer, amount, currency);
          }
          return MovementResponses.made(
              Neighbour.WALLET, answer, debitId, DeclineReason.INSUFFICIENT_FUNDS);
        });
  }

  /** Undoes a debit whose booking never came to be, or makes sure that it never happens. */
  public Uni<Outcome> reverse(UUID debitId) {
    return neighbours.call(
        Neighbour.WALLET,
        () -> api.reverseDebit(debitId),
        answer -> MovementResponses.undone(Neighbour.WALLET, answer, debitId));
  }

  /**
   * Asks for a refund; wallet decides at once or leaves it to its staff. Where the booking has a
   * request already, that one is taken up, and its state is asked for.
   */
  public Uni<Outcome> requestRefund(
      UUID refundRequestId, UUID customerId, BigDecimal amount, String currency, UUID bookingId) {
    RefundRequest request = new RefundRequest(bookingId, customerId, amount, currency);
    return neighbours.call(
        Neighbour.WALLET,
        () -> api.requestRefund(refundRequestId, request),
        answer -> {
          if (answer.status() == 409 && answer.slug().equals("booking-already-has-a-request")) {
            return new Outcome.Waiting(null, UUID.fromString(answer.text("refundRequestId")));
          }
          return decision(answer, refundRequestId, amount, bookingId);
        });
  }

  /**
   * How a refund request of a booking over an amount stands. One over another amount, as staff may
   * have made it, is none: it gives back something else.
   */
  public Uni<Outcome> refundRequest(UUID refundRequestId, BigDecimal amount, UUID bookingId) {
    return neighbours.call(
        Neighbour.WALLET,
        () -> api.getRefundRequest(refundRequestId),
        answer -> decision(answer, refundRequestId, amount, bookingId));
  }

  private static Outcome decision(
      NeighbourResponse answer, UUID id, BigDecimal amount, UUID bookingId) {
    if (!answer.ok()) {
      throw ResponseReader.unexpected(Neighbour.WALLET, answer);
    }
    MovementResponses.about(Neighbour.WALLET, answer, "id", id);
    MovementResponses.about(Neighbour.WALLET, answer, "bookingId", bookingId);
    if (!MovementResponses.same(answer.text("amount"), amount)) {
      throw ResponseReader.unfit(Neighbour.WALLET, "amount");
    }
    return switch (answer.text("status")) {
      case "APPROVED" -> new Outcome.Moved();
      case "PENDING" -> new Outcome.Waiting(null, null);
      case "REJECTED" -> new Outcome.Failed(null);
      default -> throw ResponseReader.unexpected(Neighbour.WALLET, answer);
    };
  }
}
