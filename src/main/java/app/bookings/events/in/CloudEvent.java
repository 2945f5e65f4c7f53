package app.bookings.events.in;

import app.bookings.platform.Text;
import app.bookings.platform.WireTime;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.UUID;

/**
 * An inbound event, as far as it matters here (events.md, "Inbound").
 *
 * @param time when it happened; when it came, where the sender does not say
 */
public record CloudEvent(String source, String id, String type, Instant time, JsonNode data) {

  static UUID id(JsonNode data, String member) {
    try {
      return Text.uuid(data.path(member).asText(""));
    } catch (IllegalArgumentException malformed) {
      throw CloudEventReader.malformed("data." + member + " must be a UUID.");
    }
  }

  static Instant time(JsonNode data, String member) {
    try {
      return WireTime.read(data.path(member).asText(""));
    } catch (DateTimeException malformed) {
      throw CloudEventReader.malformed("data." + member + " must be an RFC 3339 time.");
    }
  }

  /** A number of places; null where it is null: unlimited. */
  static Integer places(JsonNode data, String member) {
    JsonNode places = data.path(member);
    if (places.isNull()) {
      return null;
    }
    if (!places.canConvertToInt() || !places.isIntegralNumber() || places.intValue() < 0) {
      throw CloudEventReader.malformed("data." + member + " must be a number of places, or null.");
    }
    return places.intValue();
  }
}
