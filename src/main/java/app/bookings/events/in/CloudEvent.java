package app.bookings.events.in;

import app.bookings.platform.Text;
import app.bookings.platform.WireTime;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.UUID;

/**
 * An inbound event, as far as it matters here (contracts/events.md).
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
}
