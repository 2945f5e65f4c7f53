package app.bookings.security;

import static org.assertj.core.api.Assertions.assertThat;

import app.bookings.testsupport.Bookings;
import app.bookings.testsupport.Bookings.Answer;
import app.bookings.testsupport.Scene;
import app.bookings.testsupport.Scene.Customer;
import app.bookings.testsupport.Service;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Thousands of requests made from the OpenAPI document, right and wrong ones: no answer is a 5xx,
 * and every answer is one that the document has. The seed is fixed, so that a failure can be had
 * again.
 */
@QuarkusTest
class FuzzTest {

  private static final int REQUESTS = 4000;
  private static final Set<String> METHODS = Set.of("get", "post", "put", "delete", "patch");

  private final Bookings bookings = Service.BOOKINGS;
  private final Scene scene = Service.scene();
  private final Scene.Session session = scene.session(new JsonObject().putNull("capacity"));
  private final Random random = new Random(42);
  private final List<String> knownBookings = new ArrayList<>();

  @Test
  void everyAnswerIsOneThatTheDocumentHas() {
    JsonObject document =
        bookings.send("GET", "/q/openapi", null, null, Map.of("Accept", "application/json")).body();
    OpenApiDocument api = new OpenApiDocument(document, random);
    List<String> operations = new ArrayList<>();
    JsonObject paths = document.getJsonObject("paths");
    for (String path : paths.fieldNames()) {
      paths.getJsonObject(path).fieldNames().stream()
          .filter(METHODS::contains)
          .forEach(method -> operations.add(method + " " + path));
    }
    Map<Integer, Integer> statuses = new TreeMap<>();
    for (int i = 0; i < REQUESTS; i++) {
      String[] operation = operations.get(random.nextInt(operations.size())).split(" ", 2);
      JsonObject described = paths.getJsonObject(operation[1]).getJsonObject(operation[0]);
      Answer answer = ask(api, operation[0], operation[1], described);
      statuses.merge(answer.status(), 1, Integer::sum);
      String what = operation[0] + " " + operation[1] + " -> " + answer.http().body();
      assertThat(answer.status()).as(what).isLessThan(500);
      JsonObject response = api.response(described, answer.status());
      assertThat(response).as("undocumented status: " + what).isNotNull();
      assertThat(api.mismatches(response, answer)).as(what).isEmpty();
      if (answer.status() == 201) {
        JsonObject made = answer.body().getJsonObject("booking", answer.body());
        knownBookings.add(made.getString("id"));
      }
    }
    System.out.println("FuzzTest: " + REQUESTS + " requests, answers by status " + statuses);
    assertThat(statuses.keySet()).contains(200, 201, 400, 401, 403, 404);
  }

  private Answer ask(OpenApiDocument api, String method, String path, JsonObject operation) {
    Customer customer = scene.customer();
    String concrete = path;
    StringBuilder query = new StringBuilder();
    Map<String, String> headers = new HashMap<>();
    for (Object each : operation.getJsonArray("parameters", new JsonArray())) {
      JsonObject parameter = (JsonObject) each;
      String name = parameter.getString("name");
      switch (parameter.getString("in")) {
        case "path" ->
            concrete = concrete.replace("{" + name + "}", OpenApiDocument.encoded(pathValue(name)));
        case "query" -> {
          if (random.nextBoolean()) {
            String value = api.text(parameter.getJsonObject("schema"));
            query
                .append(query.isEmpty() ? '?' : '&')
                .append(name)
                .append('=')
                .append(OpenApiDocument.encoded(value));
          }
        }
        default -> {
          if (random.nextInt(4) == 0) {
            headers.put(name, "k" + random.nextInt(50));
          }
        }
      }
    }
    String body = null;
    if (operation.containsKey("requestBody")) {
      JsonObject content = operation.getJsonObject("requestBody").getJsonObject("content");
      String mediaType = content.fieldNames().iterator().next();
      body = api.body(content.getJsonObject(mediaType).getJsonObject("schema", new JsonObject()));
      headers.put("Content-Type", random.nextInt(40) == 0 ? "text/plain" : mediaType);
    }
    String token =
        switch (random.nextInt(10)) {
          case 0 -> null;
          case 1 -> Service.NEIGHBOURS.userToken(customer.userId());
          default ->
              path.startsWith("/api/internal")
                  ? Service.NEIGHBOURS.serviceToken()
                  : customer.token();
        };
    return bookings.send(method.toUpperCase(Locale.ROOT), concrete + query, token, body, headers);
  }

  private String pathValue(String name) {
    if (random.nextInt(20) == 0) {
      return "no-uuid";
    }
    return switch (name) {
      case "companyId" -> scene.company.toString();
      case "sessionId" -> session.id.toString();
      case "bookingId" ->
          knownBookings.isEmpty() || random.nextBoolean()
              ? java.util.UUID.randomUUID().toString()
              : knownBookings.get(random.nextInt(knownBookings.size()));
      default -> java.util.UUID.randomUUID().toString();
    };
  }
}
