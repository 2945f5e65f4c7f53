package app.bookings.http.guest;

import app.bookings.booking.Booking;
import app.bookings.http.BookingResponses;
import app.bookings.idempotency.StoredResponse;
import app.bookings.platform.JsonText;
import app.bookings.view.BookingView;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.UUID;

/**
 * The answer to a guest's create, {@link GuestBooking}: kept without the token, which is signed
 * anew each time the answer is given (api.md, "Idempotency-Key").
 */
@ApplicationScoped
class GuestResponses {

  private static final int REFUSED = 400;

  private final BookingResponses responses;
  private final BookingTokens tokens;
  private final JsonText json;

  GuestResponses(BookingResponses responses, BookingTokens tokens, JsonText json) {
    this.responses = responses;
    this.tokens = tokens;
    this.json = json;
  }

  /** As it is kept. */
  StoredResponse toKeep(Booking booking) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.set("booking", json.tree(BookingView.class, BookingView.of(booking)));
    return responses.createdForGuest(booking, json.write(body));
  }

  /** As it goes out; a refusal as it is. */
  StoredResponse withToken(StoredResponse kept) {
    if (kept.status() >= REFUSED) {
      return kept;
    }
    ObjectNode body = json.read(kept.body());
    JsonNode booking = body.get("booking");
    UUID id = UUID.fromString(booking.get("id").asText());
    Instant ends = Instant.parse(booking.get("session").get("endsAt").asText());
    body.put("bookingToken", tokens.of(id, ends));
    return new StoredResponse(kept.status(), kept.headers(), json.write(body));
  }
}
