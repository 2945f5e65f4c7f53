package app.bookings.security;

import static org.assertj.core.api.Assertions.assertThat;

import app.bookings.testsupport.Bookings;
import app.bookings.testsupport.Bookings.Answer;
import app.bookings.testsupport.Service;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * reliability.md, "Exhaustion": whatever list a body has, filled with as many faulty elements as 64
 * KiB hold, costs no more than any other body and is answered with few violations.
 */
@QuarkusTest
class LargestBodiesTest {

  private static final int LONGEST_BODY = 64_000;
  private static final int LONGEST_ANSWER = 4_096;

  private final Bookings bookings = Service.BOOKINGS;

  @Test
  void everyListOfEveryRequestIsBounded() {
    JsonObject document =
        bookings.send("GET", "/q/openapi", null, null, Map.of("Accept", "application/json")).body();
    AtomicInteger lists = new AtomicInteger();
    JsonObject paths = document.getJsonObject("paths");
    for (String path : paths.fieldNames()) {
      JsonObject content =
          paths
              .getJsonObject(path)
              .getJsonObject("post", new JsonObject())
              .getJsonObject("requestBody", new JsonObject())
              .getJsonObject("content", new JsonObject());
      JsonObject schema =
          resolved(document, content.getJsonObject("application/json", new JsonObject()));
      JsonObject properties = schema.getJsonObject("properties", new JsonObject());
      for (String name : properties.fieldNames()) {
        if (properties.getJsonObject(name).encode().contains("\"array\"")) {
          lists.incrementAndGet();
          fill(path, name);
        }
      }
    }
    assertThat(lists).hasValueGreaterThanOrEqualTo(6);
  }

  private void fill(String path, String list) {
    for (String element :
        new String[] {"null", "{}", "[]", "\"\"", "0", "\"" + UUID.randomUUID() + "\""}) {
      int elements = (LONGEST_BODY - 100) / (element.length() + 1);
      String body = "{\"" + list + "\":[" + (element + ",").repeat(elements - 1) + element + "]}";
      String token =
          path.contains("/internal/")
              ? Service.NEIGHBOURS.serviceToken()
              : path.contains("/guest/") ? null : Service.NEIGHBOURS.userToken(UUID.randomUUID());
      Answer answer =
          bookings
              .sendAsync(
                  "POST",
                  path.replaceAll("\\{[a-zA-Z]+}", UUID.randomUUID().toString()),
                  token,
                  body,
                  Map.of())
              .orTimeout(10, TimeUnit.SECONDS)
              .join();
      answer.is("400 validation-error");
      assertThat(answer.http().body().length())
          .as("%s %s of %s", path, list, element)
          .isLessThan(LONGEST_ANSWER);
      JsonArray violations = answer.body().getJsonArray("violations");
      assertThat(violations.size()).isBetween(1, 20);
    }
  }

  private static JsonObject resolved(JsonObject document, JsonObject content) {
    JsonObject schema = content.getJsonObject("schema", new JsonObject());
    String ref = schema.getString("$ref", "");
    return ref.isEmpty()
        ? schema
        : document
            .getJsonObject("components")
            .getJsonObject("schemas")
            .getJsonObject(ref.substring(ref.lastIndexOf('/') + 1));
  }
}
