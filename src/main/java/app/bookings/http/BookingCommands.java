package app.bookings.http;

import app.bookings.application.CancellingBooking;
import app.bookings.application.PayingBooking;
import app.bookings.booking.Actor;
import app.bookings.booking.Booking;
import app.bookings.idempotency.IdempotentRequests;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import java.util.function.Supplier;

/**
 * Pay and cancel, as clients and guests ask for them: each once per key, whoever asks (api.md,
 * "Client").
 */
@ApplicationScoped
public class BookingCommands {
  private final PayingBooking paying;
  private final CancellingBooking cancelling;
  private final IdempotentRequests requests;
  private final BookingResponses responses;

  BookingCommands(
      PayingBooking paying,
      CancellingBooking cancelling,
      IdempotentRequests requests,
      BookingResponses responses) {
    this.paying = paying;
    this.cancelling = cancelling;
    this.requests = requests;
    this.responses = responses;
  }

  /**
   * Pays.
   *
   * @param booking looked up when it is needed; its failure is the answer
   * @param payer who pays, which says where the money goes should it be given back
   * @return 200, 202 or a problem; see {@link BookingResponses#paid}
   */
  public Uni<Response> pay(
      IdempotentRequests.Request request,
      Supplier<Uni<Booking>> booking,
      PayBookingRequest body,
      Actor payer) {
    return requests
        .once(
            request,
            run -> booking.get().flatMap(found -> paying.pay(found, body.choice(), payer, run)),
            responses::paid)
        .map(BookingResponses::response);
  }

  /**
   * Cancels.
   *
   * @param body null for no reason given
   * @return 200, 202 or a problem; see {@link BookingResponses#cancelled}
   */
  public Uni<Response> cancel(
      IdempotentRequests.Request request,
      Supplier<Uni<Booking>> booking,
      CancelBookingRequest body,
      Actor actor) {
    String reason = body == null ? null : body.reason();
    return requests
        .once(
            request,
            run -> booking.get().flatMap(found -> cancelling.cancel(found, reason, actor, run)),
            responses::cancelled)
        .map(BookingResponses::response);
  }
}
