package app.bookings.http.openapi;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Examples are written as JSON, and are objects in the document. */
final class JsonExamples {

  private JsonExamples() {}

  static Map<String, Object> of(String json) {
    try {
      return new ObjectMapper().readValue(json, new TypeReference<Map<String, Object>>() {});
    } catch (JsonProcessingException malformed) {
      throw new UncheckedIOException(malformed);
    }
  }

  /** A copy in which these members are others. */
  static Map<String, Object> with(Map<String, Object> example, String changes) {
    Map<String, Object> changed = new LinkedHashMap<>(example);
    changed.putAll(of(changes));
    return changed;
  }
}
