package app.bookings.events;

import app.bookings.problem.Problem;
import app.bookings.problem.ProblemType;
import app.bookings.time.Clock;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** CloudEvents 1.0 over HTTP in its three modes: structured, binary and batched. */
@ApplicationScoped
class CloudEventReader {

  static final String STRUCTURED = "application/cloudevents+json";
  static final String BATCHED = "application/cloudevents-batch+json";

  private static final String VERSION = "1.0";
  private static final int LONGEST_ATTRIBUTE = 500;

  private final ObjectMapper json;
  private final Clock clock;

  CloudEventReader(ObjectMapper json, Clock clock) {
    this.json = json;
    this.clock = clock;
  }

  /** The events of a request; fails with {@code malformed-request}. */
  List<CloudEvent> read(HttpHeaders headers, String body) {
    String mediaType =
        headers.getMediaType() == null
            ? ""
            : headers.getMediaType().getType() + "/" + headers.getMediaType().getSubtype();
    JsonNode content = parse(body);
    return switch (mediaType) {
      case STRUCTURED -> List.of(event(content));
      case BATCHED -> batch(content);
      default -> List.of(binary(headers, content));
    };
  }

  private JsonNode parse(String body) {
    try {
      JsonNode content = json.readTree(body == null ? "" : body);
      return content == null ? json.missingNode() : content;
    } catch (JsonProcessingException unreadable) {
      throw malformed("The body is not JSON.");
    }
  }

  private List<CloudEvent> batch(JsonNode content) {
    if (!content.isArray()) {
      throw malformed("A batch is an array of events.");
    }
    List<CloudEvent> events = new ArrayList<>();
    content.forEach(one -> events.add(event(one)));
    return events;
  }

  private CloudEvent event(JsonNode event) {
    return checked(
        event.path("specversion").asText(""),
        event.path("source").asText(""),
        event.path("id").asText(""),
        event.path("type").asText(""),
        event.path("time").asText(""),
        event.path("data"));
  }

  private CloudEvent binary(HttpHeaders headers, JsonNode data) {
    return checked(
        header(headers, "ce-specversion"),
        header(headers, "ce-source"),
        header(headers, "ce-id"),
        header(headers, "ce-type"),
        header(headers, "ce-time"),
        data);
  }

  private static String header(HttpHeaders headers, String name) {
    String value = headers.getHeaderString(name);
    return value == null ? "" : value;
  }

  private CloudEvent checked(
      String version, String source, String id, String type, String time, JsonNode data) {
    if (!VERSION.equals(version)) {
      throw malformed("specversion must be 1.0.");
    }
    for (String attribute : List.of(source, id, type)) {
      if (attribute.isBlank() || attribute.length() > LONGEST_ATTRIBUTE) {
        throw malformed("source, id and type are needed, of at most 500 characters.");
      }
    }
    return new CloudEvent(source, id, type, happened(time), data);
  }

  private Instant happened(String time) {
    Instant now = clock.now();
    if (time.isEmpty()) {
      return now;
    }
    try {
      Instant stated = OffsetDateTime.parse(time).toInstant();
      return stated.isAfter(now) ? now : stated.truncatedTo(ChronoUnit.MICROS);
    } catch (DateTimeParseException malformed) {
      throw malformed("time must be an RFC 3339 time.");
    }
  }

  static Problem malformed(String detail) {
    return Problem.of(ProblemType.MALFORMED_REQUEST, detail);
  }
}
