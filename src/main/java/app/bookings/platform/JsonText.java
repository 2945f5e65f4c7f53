package app.bookings.platform;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.UncheckedIOException;

/**
 * The one place that writes JSON of the API. Types are named where they are written: what is
 * written must be registered for a native executable, and a test holds the two together.
 */
@ApplicationScoped
public class JsonText {

  private final ObjectMapper json;

  JsonText(ObjectMapper json) {
    this.json = json;
  }

  /** As it goes over the wire. */
  public <T> String write(Class<T> type, T value) {
    try {
      return json.writerFor(type).writeValueAsString(value);
    } catch (JsonProcessingException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /** The same, to be added to. */
  public <T> ObjectNode tree(Class<T> type, T value) {
    return json.valueToTree(type.cast(value));
  }

  /** What was put together from the others. */
  public String write(ObjectNode tree) {
    return tree.toString();
  }

  /** What was written before. */
  public ObjectNode read(String text) {
    try {
      return (ObjectNode) json.readTree(text);
    } catch (JsonProcessingException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }
}
