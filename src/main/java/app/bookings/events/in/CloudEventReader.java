package app.bookings.events.in;

import app.bookings.platform.Clock;
import app.bookings.platform.Text;
import app.bookings.platform.WireTime;
import app.bookings.problem.Problem;
import app.bookings.problem.ProblemType;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** CloudEvents 1.0 over HTTP in its three modes: structured, binary and batched. */
@ApplicationScoped
public class CloudEventReader {

  public static final String STRUCTURED = "application/cloudevents+json";
  public static final String BATCHED = "application/cloudevents-batch+json";

  private static final String VERSION = "1.0";

  /** Bytes: source and id together are the key of an index, which bounds them. */
  private static final int LONGEST_ATTRIBUTE = 500;

  private final ObjectMapper json;
  private final Clock clock;

  CloudEventReader(ObjectMapper json, Clock clock) {
    this.json = json;
    this.clock = clock;
  }

  /** Whether the event is the body, attributes and all. */
  static boolean structured(HttpHeaders headers) {
    return mediaType(headers).equals(STRUCTURED);
  }

  private static String mediaType(HttpHeaders headers) {
    return headers.getMediaType() == null
        ? ""
        : headers.getMediaType().getType() + "/" + headers.getMediaType().getSubtype();
  }

  /** The events of a request; fails with {@code malformed-request}. */
  public List<CloudEvent> read(HttpHeaders headers, String body) {
    JsonNode content = parse(body);
    return switch (mediaType(headers)) {
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
        text(event, "specversion"),
        text(event, "source"),
        text(event, "id"),
        text(event, "type"),
        text(event, "time"),
        event.path("data"));
  }

  /** An attribute is a text; one that is absent is empty here. */
  private static String text(JsonNode event, String attribute) {
    JsonNode value = event.path(attribute);
    if (!value.isTextual() && !value.isMissingNode()) {
      throw malformed(attribute + " must be a text.");
    }
    return value.asText("");
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
      if (attribute.isBlank()
          || attribute.getBytes(StandardCharsets.UTF_8).length > LONGEST_ATTRIBUTE
          || !Text.storable(attribute)) {
        throw malformed("source, id and type are needed, of at most 500 bytes each.");
      }
    }
    if (!storable(data)) {
      throw malformed("data has a text or a number that can't be stored.");
    }
    return new CloudEvent(source, id, type, happened(time), data);
  }

  /** Whether the inbox can keep it: what it can't would be sent again for ever. */
  private static boolean storable(JsonNode data) {
    boolean itself =
        data.isTextual()
            ? Text.storable(data.textValue())
            : !data.isDouble() || Double.isFinite(data.doubleValue());
    if (!itself) {
      return false;
    }
    for (Map.Entry<String, JsonNode> member : data.properties()) {
      if (!Text.storable(member.getKey())) {
        return false;
      }
    }
    for (JsonNode part : data) {
      if (!storable(part)) {
        return false;
      }
    }
    return true;
  }

  private Instant happened(String time) {
    Instant now = clock.now();
    if (time.isEmpty()) {
      return now;
    }
    try {
      Instant stated = WireTime.read(time);
      // The order of what one sender tells is kept, as far as its clock may be from ours.
      Instant latest = now.plus(Clock.MARGIN);
      return stated.isAfter(latest) ? latest : stated.truncatedTo(ChronoUnit.MICROS);
    } catch (DateTimeException malformed) {
      throw malformed("time must be an RFC 3339 time.");
    }
  }

  static Problem malformed(String detail) {
    return Problem.of(ProblemType.MALFORMED_REQUEST, detail);
  }
}
