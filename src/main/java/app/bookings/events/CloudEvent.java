package app.bookings.events;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.UUID;

/**
 * An inbound event, as far as it matters here (contracts/events.md).
 *
 * @param time when it happened; when it came, where the sender does not say
 */
record CloudEvent(String source, String id, String type, Instant time, JsonNode data) {

  static UUID id(JsonNode data, String member) {
    try {
      return UUID.fromString(data.path(member).asText(""));
    } catch (IllegalArgumentException malformed) {
      throw CloudEventReader.malformed("data." + member + " must be a UUID.");
    }
  }

  static Instant time(JsonNode data, String member) {
    try {
      return OffsetDateTime.parse(data.path(member).asText("")).toInstant();
    } catch (DateTimeParseException malformed) {
      throw CloudEventReader.malformed("data." + member + " must be an RFC 3339 time.");
    }
  }
}
