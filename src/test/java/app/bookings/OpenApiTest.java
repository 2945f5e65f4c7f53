package app.bookings;

import static org.assertj.core.api.Assertions.assertThat;

import app.bookings.testsupport.Bookings;
import app.bookings.testsupport.Service;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** api.md: the OpenAPI document holds every operation, with what it takes and answers. */
@QuarkusTest
class OpenApiTest {

  private static final Set<String> METHODS = Set.of("get", "post", "put", "delete", "patch");

  private final Bookings bookings = Service.BOOKINGS;

  private JsonObject document() {
    Bookings.Answer answer =
        bookings.send("GET", "/q/openapi", null, null, Map.of("Accept", "application/json"));
    return answer.is("200").body();
  }

  @Test
  void everyOperationIsDocumented() {
    JsonObject document = document();
    assertThat(document.getString("openapi")).startsWith("3.1");
    Set<String> operationIds = new TreeSet<>();
    document
        .getJsonObject("paths")
        .forEach(
            path ->
                ((JsonObject) path.getValue())
                    .forEach(
                        entry -> {
                          if (METHODS.contains(entry.getKey())) {
                            JsonObject operation = (JsonObject) entry.getValue();
                            String name = entry.getKey() + " " + path.getKey();
                            assertThat(operation.getString("summary")).as(name).isNotBlank();
                            assertThat(operation.getJsonArray("tags")).as(name).isNotEmpty();
                            assertThat(operationIds.add(operation.getString("operationId")))
                                .as(name)
                                .isTrue();
                            responses(name, operation.getJsonObject("responses"));
                          }
                        }));
    assertThat(operationIds)
        .contains(
            "createBooking",
            "quoteBooking",
            "listMyBookings",
            "listMyBookingsAtCompany",
            "listMyBookingsInSession",
            "getBooking",
            "previewCancellation",
            "payBooking",
            "cancelBooking",
            "receiveEvents");
  }

  private static void responses(String name, JsonObject responses) {
    assertThat(responses.fieldNames())
        .as(name)
        .contains("400", "401", "403", "404", "405", "406", "500");
    assertThat(responses.fieldNames()).as(name).anyMatch(status -> status.startsWith("2"));
    responses.forEach(
        response -> {
          JsonObject value = (JsonObject) response.getValue();
          assertThat(value.getString("description")).as(name + response.getKey()).isNotBlank();
          if (response.getKey().compareTo("400") >= 0) {
            assertThat(value.getJsonObject("content").fieldNames())
                .containsExactly("application/problem+json");
          }
        });
  }

  /** A change of the API shows in review: the stored document is part of the sources. */
  @Test
  void theDocumentIsTheStoredOne() throws IOException {
    Path stored = Path.of("src/main/openapi/openapi.json");
    String now = document().encodePrettily() + "\n";
    if (Boolean.getBoolean("openapi.store")) {
      Files.createDirectories(stored.getParent());
      Files.writeString(stored, now);
    }
    assertThat(new JsonObject(now)).isEqualTo(new JsonObject(Files.readString(stored)));
  }

  @Test
  void swaggerUiIsServed() {
    assertThat(bookings.send("GET", "/q/swagger-ui/", null, null, Map.of()).status())
        .isEqualTo(200);
  }
}
