package app.bookings.security;

import static org.assertj.core.api.Assertions.assertThat;

import app.bookings.testsupport.Bookings;
import app.bookings.testsupport.Operations;
import app.bookings.testsupport.Operations.Operation;
import app.bookings.testsupport.Scene;
import app.bookings.testsupport.Scene.Customer;
import app.bookings.testsupport.Service;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** api.md, "Input": input is strict. Nothing is trimmed, guessed at or read in another way. */
@QuarkusTest
class StrictInputTest {

  /** What readers of UUIDs take that are less strict. */
  private static final List<String> NO_UUIDS =
      List.of(
          "1-1-1-1-1",
          "AAAAAAAAAAAAAAAAAAAAAA==",
          "AAAAAAAAAAAAAAAAAAAAAA",
          "6b1b36cb1f0a4f449e6a6a4bb9f4d3c1",
          " 6b1b36cb-1f0a-4f44-9e6a-6a4bb9f4d3c1",
          "6b1b36cb-1f0a-4f44-9e6a-6a4bb9f4d3c1 ",
          "{6b1b36cb-1f0a-4f44-9e6a-6a4bb9f4d3c1}",
          "urn:uuid:6b1b36cb-1f0a-4f44-9e6a-6a4bb9f4d3c1",
          "6b1b36cb-1f0a-4f44-9e6a-6a4bb9f4d3c1\u0000",
          "6b1b36cb-1f0a-4f44-9e6a-6a4bb9f4d3c\u0661",
          "");

  private final Bookings bookings = Service.BOOKINGS;
  private final Scene scene = Service.scene();
  private final Scene.Session session = scene.session();
  private final Customer customer = scene.customer();
  private final Operations operations = new Operations();

  private String token(Operation operation) {
    return operation.internal() ? Service.NEIGHBOURS.serviceToken() : customer.token();
  }

  @Test
  void anIdInAPathIsAUuid() {
    int walked = 0;
    for (Operation operation : operations.all()) {
      String body = operation.method().equals("POST") ? "{}" : null;
      for (String parameter : operation.pathParameters()) {
        for (String id : NO_UUIDS) {
          if (id.isEmpty()) {
            continue;
          }
          walked++;
          String encoded = URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
          String path =
              operation
                  .path()
                  .replace("{" + parameter + "}", encoded)
                  .replaceAll("\\{[^}]+}", UUID.randomUUID().toString());
          assertThat(
                  bookings
                      .send(operation.method(), path, token(operation), body, Map.of())
                      .outcome())
              .as(operation + " " + parameter + " " + id)
              .isIn("404 not-found", "400 malformed-request");
        }
      }
    }
    assertThat(walked).isGreaterThan(200);
    String id = bookings.create(customer, session, "ON_SITE").is("201").text("id");
    bookings.get(customer, id.toUpperCase(Locale.ROOT)).is("200");
  }

  @Test
  void anIdInABodyIsAUuid() {
    int walked = 0;
    for (Operation operation : operations.all()) {
      JsonObject body = operation.documented().getJsonObject("requestBody");
      if (body == null || !body.getJsonObject("content").containsKey("application/json")) {
        continue;
      }
      JsonObject schema =
          operations.schema(
              body.getJsonObject("content")
                  .getJsonObject("application/json")
                  .getJsonObject("schema"));
      List<JsonObject> wrong = new ArrayList<>();
      schema
          .getJsonObject("properties", new JsonObject())
          .forEach(
              property ->
                  values((JsonObject) property.getValue())
                      .forEach(value -> wrong.add(JsonObject.of(property.getKey(), value))));
      for (JsonObject each : wrong) {
        walked++;
        bookings.post(token(operation), operation.somewhere(), each).is("400 validation-error");
      }
    }
    assertThat(walked).isGreaterThan(100);
  }

  /** Values that are unsound for the UUIDs in a schema, however deep. */
  private List<Object> values(JsonObject property) {
    JsonObject schema = operations.schema(property);
    List<Object> values = new ArrayList<>();
    if ("uuid".equals(schema.getString("format"))) {
      values.addAll(NO_UUIDS);
      values.add(7);
    } else if (schema.containsKey("items")) {
      values(schema.getJsonObject("items")).forEach(value -> values.add(JsonArray.of(value)));
    } else if (schema.containsKey("properties")) {
      schema
          .getJsonObject("properties")
          .forEach(
              inner ->
                  values((JsonObject) inner.getValue())
                      .forEach(value -> values.add(JsonObject.of(inner.getKey(), value))));
    }
    return values;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        " ON_SITE",
        "ON_SITE ",
        "ON_SITE\u0000",
        "\tON_SITE",
        "on_site",
        "ON-SITE",
        "",
        "1"
      })
  void aNameIsMeantToTheLetter(String name) {
    String one = Bookings.one(UUID.randomUUID().toString()) + "/pay";
    String guests = session.path().replace("/client/", "/client/guest/");
    for (String member : List.of("paymentMethod", "extrasPaymentMethod")) {
      JsonObject body = JsonObject.of("paymentMethod", "PASS").put(member, name);
      for (String path : List.of(session.path(), session.path() + "/quote", one)) {
        bookings.post(customer.token(), path, body).is("400 validation-error");
      }
      bookings
          .post(null, guests, body.copy().put("email", "guest@example.com"))
          .is("400 validation-error");
    }
    String status = URLEncoder.encode(name.replace("ON_SITE", "CONFIRMED"), StandardCharsets.UTF_8);
    bookings
        .get(customer.token(), "/api/client/my-bookings?status=" + status)
        .is("400 validation-error");
  }

  @ParameterizedTest
  @CsvSource({
    "UTF-16BE, false",
    "UTF-16LE, false",
    "UTF-32BE, false",
    "UTF-32LE, false",
    "UTF-16BE, true",
    "UTF-16LE, true",
    "UTF-32BE, true",
    "UTF-32LE, true",
    "UTF-8, true"
  })
  void aBodyIsUtf8WithoutAMark(String encoding, boolean marked) throws Exception {
    String json = "{\"paymentMethod\":\"ON_SITE\",\"email\":\"guest@example.com\"}";
    byte[] body = ((marked ? "\ufeff" : "") + json).getBytes(Charset.forName(encoding));
    String guests = session.path().replace("/client/", "/client/guest/");
    assertThat(status(guests, null, body, "application/json")).isEqualTo(400);
    body =
        ((marked ? "\ufeff" : "") + "{\"paymentMethod\":\"ON_SITE\"}")
            .getBytes(Charset.forName(encoding));
    assertThat(status(session.path(), customer.token(), body, "application/json")).isEqualTo(400);
  }

  @ParameterizedTest
  @CsvSource({
    "application/json, 201",
    "application/json;charset=utf-8, 201",
    "application/json; charset=\"UTF-8\", 201",
    "application/json;charset=utf-16, 415",
    "application/json;charset=iso-8859-1, 415",
    "application/json;charset=us-ascii, 415"
  })
  void anotherCharsetIs415(String mediaType, int status) throws Exception {
    byte[] body = "{\"paymentMethod\":\"ON_SITE\"}".getBytes(StandardCharsets.UTF_8);
    assertThat(status(session.path(), customer.token(), body, mediaType)).isEqualTo(status);
  }

  private static int status(String path, String token, byte[] body, String mediaType)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(Service.URL + path))
            .header("Content-Type", mediaType)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    return HttpClient.newHttpClient()
        .send(request.build(), HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }
}
