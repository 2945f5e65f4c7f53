package app.bookings;

import static org.assertj.core.api.Assertions.assertThat;

import app.bookings.testsupport.Bookings;
import app.bookings.testsupport.Service;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** api.md, "API": the OpenAPI document holds every operation, with what it takes and answers. */
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
                            responses(document, name, operation.getJsonObject("responses"));
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

  private static void responses(JsonObject document, String name, JsonObject responses) {
    assertThat(responses.fieldNames())
        .as(name)
        .contains("400", "401", "403", "404", "405", "406", "500");
    assertThat(responses.fieldNames()).as(name).anyMatch(status -> status.startsWith("2"));
    responses.forEach(
        response -> {
          JsonObject value = resolved(document, (JsonObject) response.getValue());
          assertThat(value.getString("description")).as(name + response.getKey()).isNotBlank();
          if (response.getKey().compareTo("400") >= 0) {
            assertThat(value.getJsonObject("content").fieldNames())
                .containsExactly("application/problem+json");
          }
        });
  }

  /** The response itself, or the shared one that it names. */
  private static JsonObject resolved(JsonObject document, JsonObject response) {
    String ref = response.getString("$ref");
    return ref == null
        ? response
        : document
            .getJsonObject("components")
            .getJsonObject("responses")
            .getJsonObject(ref.substring(ref.lastIndexOf('/') + 1));
  }

  /** What a client is generated from: members that are there, patterns that every language has. */
  @Test
  void schemasSayWhatIsThere() {
    JsonObject schemas = document().getJsonObject("components").getJsonObject("schemas");
    for (String name : schemas.fieldNames()) {
      JsonObject schema = schemas.getJsonObject(name);
      JsonObject properties = schema.getJsonObject("properties");
      boolean request = Boolean.FALSE.equals(schema.getValue("additionalProperties"));
      if (properties != null && !request && !Set.of("Problem", "CloudEvent").contains(name)) {
        assertThat(schema.getJsonArray("required", new JsonArray()).stream().map(Object::toString))
            .as(name)
            .containsExactlyInAnyOrderElementsOf(properties.fieldNames());
      }
    }
    String all = document().encode();
    Matcher patterns = Pattern.compile("\"pattern\":\"([^\"]*)\"").matcher(all);
    int found = 0;
    while (patterns.find()) {
      found++;
      assertThat(patterns.group(1)).startsWith("^").endsWith("$").doesNotContain("\\p{");
    }
    assertThat(found).isGreaterThan(10);
  }

  @Test
  void bodiesAreWhatIsRead() {
    JsonObject paths = document().getJsonObject("paths");
    for (String path : paths.fieldNames()) {
      JsonObject post = paths.getJsonObject(path).getJsonObject("post");
      JsonObject body = post == null ? null : post.getJsonObject("requestBody");
      if (body == null) {
        continue;
      }
      boolean optional = path.endsWith("/cancel");
      assertThat(body.getBoolean("required", false)).as(path).isEqualTo(!optional);
      body.getJsonObject("content")
          .forEach(
              content -> {
                JsonObject schema = ((JsonObject) content.getValue()).getJsonObject("schema");
                assertThat(schema.getString("type")).as(path).isNotEqualTo("string");
              });
    }
  }

  @Test
  void examplesAndHeadersAgreeWithTheirStatus() {
    Map<String, String> headers =
        Map.of(
            "401", "WWW-Authenticate", "405", "Allow", "429", "Retry-After", "503", "Retry-After");
    JsonObject document = document();
    JsonObject paths = document.getJsonObject("paths");
    for (String path : paths.fieldNames()) {
      for (String method : paths.getJsonObject(path).fieldNames()) {
        if (!METHODS.contains(method)) {
          continue;
        }
        paths
            .getJsonObject(path)
            .getJsonObject(method)
            .getJsonObject("responses")
            .forEach(
                each -> {
                  JsonObject response = resolved(document, (JsonObject) each.getValue());
                  String what = method + " " + path + " " + each.getKey();
                  if (headers.containsKey(each.getKey())) {
                    assertThat(response.getJsonObject("headers", new JsonObject()).fieldNames())
                        .as(what)
                        .contains(headers.get(each.getKey()));
                  }
                  example(response).ifPresent(it -> agrees(what, path, each.getKey(), it));
                });
      }
    }
  }

  private static Optional<JsonObject> example(JsonObject response) {
    return response.getJsonObject("content", new JsonObject()).stream()
        .map(content -> ((JsonObject) content.getValue()).getJsonObject("example"))
        .filter(Objects::nonNull)
        .findFirst();
  }

  private static void agrees(String what, String path, String status, JsonObject example) {
    if (status.compareTo("400") >= 0) {
      assertThat(example.getInteger("status").toString()).as(what).isEqualTo(status);
      assertThat(example.getString("instance")).as(what).startsWith("/api/");
      return;
    }
    JsonObject booking = example.getJsonObject("booking", example);
    String states = booking.getString("status") + "/" + booking.getString("paymentState");
    if (path.endsWith("/cancel")) {
      assertThat(states)
          .as(what)
          .isEqualTo(status.equals("200") ? "REFUNDED/REFUNDED" : "CANCELLED/REFUND_PENDING");
    } else if (path.endsWith("/bookings") && status.equals("202")) {
      assertThat(states).as(what).isEqualTo("PENDING/UNPAID");
    }
    assertThat(booking.getBoolean("walletDebited"))
        .as(what)
        .isEqualTo(
            booking.getString("paymentMethod").equals("WALLET")
                && Set.of("PAID", "REFUND_PENDING").contains(booking.getString("paymentState")));
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
