package app.bookings.http;

import app.bookings.booking.Booking;
import app.bookings.booking.BookingStatus;
import app.bookings.booking.PaymentRules;
import app.bookings.idempotency.IdempotentRequests.Result;
import app.bookings.idempotency.StoredResponse;
import app.bookings.platform.JsonText;
import app.bookings.problem.Problem;
import app.bookings.problem.ProblemType;
import app.bookings.settlement.DeclineReason;
import app.bookings.settlement.Occasion;
import app.bookings.view.BookingView;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which answer a booking is, after create, pay and cancel (api.md, "Client"). Told from the booking
 * and what the request began alone, so that it can be told again after a crash.
 */
@ApplicationScoped
public class BookingResponses {

  private static final String BOOKINGS = "/api/client/bookings/";
  private static final String GUEST_BOOKINGS = "/api/client/guest/bookings/";

  private final JsonText json;

  BookingResponses(JsonText json) {
    this.json = json;
  }

  /**
   * 201, or 202 while settlement runs; fails with {@code payment-declined}, or with {@code
   * invalid-state} when the booking is over: somebody cancelled it meanwhile.
   */
  public StoredResponse created(Result result) {
    return created(result.booking(), BOOKINGS, view(result.booking()));
  }

  /** As for a client, with another body and another place to look at it. */
  public StoredResponse createdForGuest(Booking booking, String body) {
    return created(booking, GUEST_BOOKINGS, body);
  }

  private StoredResponse created(Booking booking, String location, String body) {
    notDeclined(booking, booking.settlements().declinedAtOnce());
    notOver(booking);
    boolean running =
        booking.status() == BookingStatus.PENDING
            && booking.settlements().openCardPayment().isEmpty();
    StoredResponse answer = answer(running ? 202 : 201, body);
    answer.headers().put(HttpHeaders.LOCATION, location + booking.id());
    return answer;
  }

  /** 200, or 202 while settlement runs; fails with {@code payment-declined}. */
  public StoredResponse paid(Result result) {
    Booking booking = result.booking();
    notDeclined(booking, booking.settlements().declined(Occasion.PAY, result.attempt()));
    notOver(booking);
    return answer(booking.settlements().unfinished() ? 202 : 200, view(booking));
  }

  /** 200, or 202 while something is being given back. */
  public StoredResponse cancelled(Result result) {
    Booking booking = result.booking();
    return answer(booking.settlements().unfinished() ? 202 : 200, view(booking));
  }

  private static void notDeclined(Booking booking, Optional<DeclineReason> declined) {
    if (declined.isPresent()) {
      throw PaymentRules.declined(booking, declined.get());
    }
  }

  /** What was asked for was begun, and somebody ended the booking before it was answered. */
  private static void notOver(Booking booking) {
    if (!booking.status().active()) {
      throw Problem.of(ProblemType.INVALID_STATE, "The booking has been cancelled meanwhile.")
          .with("bookingId", booking.id())
          .with("booking", BookingView.of(booking));
    }
  }

  private String view(Booking booking) {
    return json.write(BookingView.class, BookingView.of(booking));
  }

  private static StoredResponse answer(int status, String body) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_JSON);
    return new StoredResponse(status, headers, body);
  }

  /** As it goes out. */
  public static Response response(StoredResponse answer) {
    Response.ResponseBuilder response = Response.status(answer.status()).entity(answer.body());
    answer.headers().forEach(response::header);
    return response.build();
  }
}
