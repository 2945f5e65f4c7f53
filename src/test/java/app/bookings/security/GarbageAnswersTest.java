package app.bookings.security;

import static org.assertj.core.api.Assertions.assertThat;

import app.bookings.testsupport.Bookings;
import app.bookings.testsupport.Bookings.Answer;
import app.bookings.testsupport.OtherServices;
import app.bookings.testsupport.QuickRecovery;
import app.bookings.testsupport.Scene;
import app.bookings.testsupport.Scene.Customer;
import app.bookings.testsupport.Service;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a neighbour answers is held against its contract; what does not fit is no answer. */
@QuarkusTest
@TestProfile(QuickRecovery.class)
class GarbageAnswersTest {

  /** The breaker looks at 20 calls, and each of these is tried three times. */
  private static final int AT_ONCE = 6;

  private final Bookings bookings = Service.BOOKINGS;
  private final OtherServices services = new OtherServices();
  private final Scene scene = Service.scene();

  /** Calls go through again after the breaker has opened. */
  @AfterEach
  void theNeighbourIsWellAgain() {
    Service.NEIGHBOURS.reset();
    Awaitility.await()
        .untilAsserted(
            () -> bookings.create(scene.customer(), scene.session(), "ON_SITE").is("201"));
  }

  private static long faults() {
    return Service.NEIGHBOURS.ledger().getLong("faults");
  }

  private static void answers(String neighbour, String path, String body) {
    Service.NEIGHBOURS.reset();
    fault(neighbour, path, body);
  }

  private static void fault(String neighbour, String path, String body) {
    Service.NEIGHBOURS.fault(
        JsonObject.of("neighbour", neighbour, "path", path)
            .put("kind", "GARBAGE_AFTER")
            .put("body", body));
  }

  private JsonObject sound(Scene.Session session) {
    return Service.NEIGHBOURS.putSession(session.id, new JsonObject());
  }

  private Map<String, String> garbage(Scene.Session session) {
    Map<String, String> garbage = new LinkedHashMap<>();
    Map<String, List<String>> values = new LinkedHashMap<>();
    List<String> money =
        List.of(
            "\"-1.00\"",
            "\"1e100000000\"",
            "1e100000000",
            "\"1e-100000000\"",
            "\"1.001\"",
            "\"NaN\"",
            "\"999999999.00\"",
            "25.00",
            "null",
            "[]");
    values.put("price", money);
    values.put("currency", List.of("\"EURO\"", "\"\"", "\"eur\"", "\"E\\u0000R\"", "978", "null"));
    values.put(
        "capacity", List.of("-1", "\"10\"", "1e100000000", "1e-100000000", "2147483648", "1.5"));
    values.put(
        "title", List.of("\"a\\u0000b\"", "\"" + "x".repeat(10_000) + "\"", "null", "7", "{}"));
    values.put("id", List.of("\"" + UUID.randomUUID() + "\"", "\"no id\"", "null"));
    values.put(
        "endsAt",
        List.of(
            "\"" + session.start.minusSeconds(1) + "\"",
            "\"" + session.start + "\"",
            "\"+294277-01-01T00:00:00Z\"",
            "17",
            "null"));
    values.put("status", List.of("\"OPEN\"", "\"\"", "0", "null"));
    values.put("activityStatus", List.of("\"OPEN\"", "1", "null"));
    values.put("allowedPaymentMethods", List.of("[\"BARTER\"]", "[null]", "\"ON_SITE\"", "null"));
    values.put("cancellationWindowHours", List.of("2147483647", "-1", "\"24\""));
    values.put("extras", List.of("null", "[null]", "[{}]", "{}"));
    values.forEach(
        (member, all) ->
            all.forEach(
                value ->
                    garbage.put(
                        member + " " + value.substring(0, Math.min(30, value.length())),
                        sound(session)
                            .put(member, "GARBAGE")
                            .encode()
                            .replace("\"GARBAGE\"", value))));
    for (String value : money) {
      JsonObject extra = sound(session).getJsonArray("extras").getJsonObject(0).copy();
      garbage.put(
          "extra's price " + value,
          sound(session)
              .put("extras", new JsonArray().add(extra.put("price", "GARBAGE")))
              .encode()
              .replace("\"GARBAGE\"", value));
    }
    for (String member :
        List.of("id", "companyId", "title", "startsAt", "price", "currency", "extras", "status")) {
      JsonObject without = sound(session);
      without.remove(member);
      garbage.put("without " + member, without.encode());
    }
    String twice = sound(session).encode();
    garbage.put("price twice", twice.substring(0, twice.length() - 1) + ",\"price\":\"0.00\"}");
    garbage.put("more behind", twice + "{}");
    garbage.put("array", "[" + twice + "]");
    return garbage;
  }

  /** Whoever asks for it again and again shuts nobody else out: it is one session's fault. */
  @Test
  void aSessionThatDoesNotFitOpensNoBreaker() {
    Scene.Session misfit = scene.session();
    Scene.Session sound = scene.session();
    Customer customer = scene.customer();
    answers("catalog", "/sessions/" + misfit.id, sound(misfit).put("price", "GARBAGE").encode());
    for (int i = 0; i < 20; i++) {
      bookings.create(customer, misfit, "ON_SITE").is("503 upstream-unavailable");
    }
    bookings.create(customer, sound, "ON_SITE").is("201");
  }

  @Test
  void aSessionThatDoesNotFitTheContractIsNoAnswer() {
    Scene.Session session = scene.session();
    Customer customer = scene.customer();
    List<Map.Entry<String, String>> all = List.copyOf(garbage(session).entrySet());
    for (int i = 0; i < all.size(); i += AT_ONCE) {
      noAnswers(session, customer, all.subList(i, Math.min(all.size(), i + AT_ONCE)));
    }
    assertThat(
            Service.books()
                .query("SELECT 1 FROM bookings.bookings WHERE customer_id = ?", customer.id()))
        .isEmpty();
    Service.NEIGHBOURS.reset();
    Awaitility.await().untilAsserted(() -> bookings.create(customer, session, "ON_SITE").is("201"));
  }

  private void noAnswers(
      Scene.Session session, Customer customer, List<Map.Entry<String, String>> garbage) {
    Map<String, String> paths = new LinkedHashMap<>();
    for (Map.Entry<String, String> one : garbage) {
      String id = UUID.randomUUID().toString();
      fault("catalog", id, one.getValue().replace(session.id.toString(), id));
      paths.put(one.getKey(), session.path().replace(session.id.toString(), id));
    }
    long before = faults();
    // Once more where the breaker had opened and catalog was not asked.
    Awaitility.await()
        .pollDelay(Duration.ZERO)
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> {
              Map<String, CompletableFuture<Answer>> answers = new LinkedHashMap<>();
              paths.forEach((what, path) -> answers.put(what, create(customer, path)));
              answers.forEach((what, answer) -> noAnswer(what, answer.join()));
              return faults() - before >= garbage.size();
            });
    theNeighbourIsWellAgain();
  }

  private CompletableFuture<Answer> create(Customer customer, String path) {
    return bookings.sendAsync(
        "POST", path, customer.token(), "{\"paymentMethod\":\"ON_SITE\"}", Map.of());
  }

  private static void noAnswer(String what, Answer answer) {
    assertThat(answer.outcome()).as(what).isEqualTo("503 upstream-unavailable");
    assertThat(answer.text("upstream")).as(what).isEqualTo("catalog");
  }

  /** An extra without a limit of its own has ours. */
  @Test
  void anExtraWithoutALimitIsBookedUpToOurs() {
    Scene.Session session = scene.session();
    JsonObject towel =
        sound(session).getJsonArray("extras").getJsonObject(0).copy().putNull("maxQuantity");
    scene.neighbours.putSession(session.id, JsonObject.of("extras", new JsonArray().add(towel)));
    for (int quantity : new int[] {101, 100}) {
      JsonObject order =
          JsonObject.of("paymentMethod", "ON_SITE")
              .put(
                  "extras",
                  new JsonArray()
                      .add(
                          JsonObject.of("extraId", session.towel.toString())
                              .put("quantity", quantity)));
      bookings
          .create(scene.customer(), session, order)
          .is(quantity == 100 ? "201" : "422 extra-not-available");
    }
  }

  /** Each amount fits its column, their sum does not. */
  @Test
  void moreThanCanBeBookedAtOnceIsRefused() {
    Scene.Session session = scene.session(JsonObject.of("price", "99999999.99"));
    JsonObject order =
        JsonObject.of("paymentMethod", "WALLET")
            .put("extras", new JsonArray().add(JsonObject.of("extraId", session.towel.toString())));
    bookings.create(scene.customer(), session, order).is("422 extra-not-available");
    bookings.create(scene.customer(), session, "ON_SITE").is("201");
  }

  @Test
  void aCustomerWhoDoesNotFitTheContractIsNoAnswer() {
    for (String garbage :
        List.of(
            "{\"companyId\":\"COMPANY\",\"status\":\"ACTIVE\",\"bonusBalance\":0}",
            "{\"id\":null,\"companyId\":\"COMPANY\",\"status\":\"ACTIVE\",\"bonusBalance\":0}",
            "{\"id\":\"ID\",\"companyId\":\"ID\",\"status\":\"ACTIVE\",\"bonusBalance\":0}",
            "{\"id\":\"ID\",\"companyId\":\"COMPANY\",\"status\":\"BLOCKED\",\"bonusBalance\":0}",
            "{\"id\":\"ID\",\"companyId\":\"COMPANY\",\"status\":null,\"bonusBalance\":0}",
            "{\"id\":\"ID\",\"companyId\":\"COMPANY\",\"bonusBalance\":0}",
            "{\"id\":\"ID\",\"companyId\":\"COMPANY\",\"status\":\"ACTIVE\"}",
            "{\"id\":\"ID\",\"companyId\":\"COMPANY\",\"status\":\"VIP\",\"bonusBalance\":1e99}",
            "{}")) {
      Customer customer = scene.customer();
      Scene.Session session = scene.session();
      String body =
          garbage
              .replace("COMPANY", scene.company.toString())
              .replace("ID", customer.id().toString());
      answers("companies", "/resolve", body);
      Answer answer = bookings.create(customer, session, "ON_SITE");
      assertThat(answer.outcome()).as(garbage).isEqualTo("503 upstream-unavailable");
      assertThat(answer.text("upstream")).isEqualTo("companies");
      Service.NEIGHBOURS.reset();
      Awaitility.await()
          .untilAsserted(() -> bookings.create(customer, session, "ON_SITE").is("201"));
    }
  }

  @Test
  void anAttendeeIsWhoWasAskedFor() {
    Customer asked = scene.customer();
    Customer other = scene.customer();
    Scene.Session session = scene.session();
    answers(
        "companies", "/customers/" + asked.id(), Service.NEIGHBOURS.customer(other.id()).encode());
    assertThat(
            services
                .attendees(scene, session, List.of(asked.id()))
                .is("200")
                .body()
                .getJsonArray("items")
                .getJsonObject(0)
                .getString("problem"))
        .isEqualTo("upstream-unavailable");
    assertThat(session.start).isAfter(Instant.now());
  }
}
