package app.bookings;

import static org.assertj.core.api.Assertions.assertThat;

import app.bookings.testsupport.Bookings;
import app.bookings.testsupport.Bookings.Answer;
import app.bookings.testsupport.OtherServices;
import app.bookings.testsupport.Scene;
import app.bookings.testsupport.Scene.Customer;
import app.bookings.testsupport.Service;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** domain.md, "Booking rules": each rule, and the order of the rules. */
@QuarkusTest
class CreateRulesTest {

  private final Bookings bookings = Service.BOOKINGS;
  private final Scene scene = Service.scene();

  @AfterEach
  void reset() {
    Service.NEIGHBOURS.reset();
  }

  private static JsonObject pay(String method, UUID extra, int quantity) {
    return JsonObject.of("paymentMethod", method)
        .put(
            "extras",
            new JsonArray()
                .add(JsonObject.of("extraId", extra.toString()).put("quantity", quantity)));
  }

  /** Nothing was written and nothing has moved. */
  private void refused(Answer answer, String outcome, Scene.Session session) {
    answer.is(outcome);
    assertThat(
            Service.books()
                .query("SELECT 1 FROM bookings.bookings WHERE session_id = ?", session.id))
        .isEmpty();
  }

  @Test
  void aSessionThatCatalogDoesNotHaveIsNotFound() {
    String path =
        "/api/client/companies/" + scene.company + "/sessions/" + UUID.randomUUID() + "/bookings";
    bookings
        .post(scene.customer().token(), path, JsonObject.of("paymentMethod", "ON_SITE"))
        .is("404 session-not-found");
  }

  @Test
  void aSessionOfAnotherCompanyIsNotFound() {
    Scene.Session session = scene.session();
    String path =
        "/api/client/companies/" + UUID.randomUUID() + "/sessions/" + session.id + "/bookings";
    refused(
        bookings.post(scene.customer().token(), path, JsonObject.of("paymentMethod", "ON_SITE")),
        "404 session-not-found",
        session);
  }

  @ParameterizedTest
  @CsvSource({
    "status, AVAILABLE, 201",
    "status, BOOKED, 201",
    "status, CANCELLED, 409 session-not-bookable",
    "activityStatus, PUBLISHED, 201",
    "activityStatus, DRAFT, 409 session-not-bookable",
    "activityStatus, ARCHIVED, 409 session-not-bookable",
    "activityStatus, CANCELLED, 409 session-not-bookable"
  })
  void onlyWhatIsOnOfferCanBeBooked(String member, String value, String outcome) {
    Scene.Session session = scene.session(JsonObject.of(member, value));
    bookings.create(scene.customer(), session, "ON_SITE").is(outcome);
  }

  @Test
  void aSessionThatHasBegunCanNotBeBooked() {
    Scene.Session session =
        scene.session(JsonObject.of("startsAt", Instant.now().minusSeconds(1).toString()));
    refused(
        bookings.create(scene.customer(), session, "ON_SITE"), "409 session-not-bookable", session);
  }

  @ParameterizedTest
  @CsvSource({"168, 201", "169, 201", "24, 409 session-not-bookable"})
  void bookingOpensItsWindowBeforeTheStart(int hours, String outcome) {
    Scene.Session session = scene.session(JsonObject.of("bookingWindowHours", hours));
    bookings.create(scene.customer(), session, "ON_SITE").is(outcome);
  }

  @Test
  void aBannedCustomerIsRefused() {
    Scene.Session session = scene.session();
    Customer banned = scene.customer(JsonObject.of("status", "BANNED"));
    refused(bookings.create(banned, session, "ON_SITE"), "403 customer-banned", session);
  }

  @ParameterizedTest
  @ValueSource(strings = {"NEW", "ACTIVE", "VIP"})
  void otherCustomersAreTaken(String status) {
    bookings
        .create(scene.customer(JsonObject.of("status", status)), scene.session(), "ON_SITE")
        .is("201");
  }

  @Test
  void anExtraMustBeKnownAvailableAndWithinItsQuantity() {
    Scene.Session session = scene.session();
    Customer customer = scene.customer();
    String refusal = "422 extra-not-available";
    refused(
        bookings.create(customer, session, pay("ON_SITE", UUID.randomUUID(), 1)), refusal, session);
    refused(bookings.create(customer, session, pay("ON_SITE", session.towel, 4)), refusal, session);

    JsonObject twice = pay("ON_SITE", session.towel, 2);
    twice
        .getJsonArray("extras")
        .add(JsonObject.of("extraId", session.towel.toString()).put("quantity", 2));
    refused(bookings.create(customer, session, twice), refusal, session);

    Scene.Session soldOut =
        scene.session(
            JsonObject.of(
                "extras",
                new JsonArray()
                    .add(
                        JsonObject.of("id", session.towel.toString())
                            .put("name", "Towel")
                            .put("price", "3.50")
                            .put("maxQuantity", 3)
                            .put("available", false))));
    refused(bookings.create(customer, soldOut, pay("ON_SITE", session.towel, 1)), refusal, soldOut);
    bookings.create(customer, session, pay("ON_SITE", session.towel, 3)).is("201");
  }

  @Test
  void aMethodThatTheSessionDoesNotTakeIsRefused() {
    for (String method : new String[] {"WALLET", "BONUS", "PASS", "CARD", "FREE"}) {
      Scene.Session session =
          scene.session(JsonObject.of("allowedPaymentMethods", Scene.methods("ON_SITE")));
      refused(
          bookings.create(scene.customer(), session, method),
          "422 payment-method-not-allowed",
          session);
    }
  }

  @Test
  void theMethodForTheExtrasMustBeTakenToo() {
    Scene.Session session =
        scene.session(JsonObject.of("allowedPaymentMethods", Scene.methods("PASS", "ON_SITE")));
    Customer customer = scene.customer();
    scene.pass(customer, 1, null, 0);
    refused(
        bookings.create(
            customer, session, pay("PASS", session.towel, 1).put("extrasPaymentMethod", "WALLET")),
        "422 payment-method-not-allowed",
        session);
  }

  @Test
  void aCustomerBooksASessionOnce() {
    Scene.Session session = scene.session();
    Customer customer = scene.customer();
    String first = bookings.create(customer, session, "ON_SITE").is("201").text("id");
    bookings.create(customer, session, "ON_SITE").is("409 already-booked");
    bookings.cancel(customer, first).is("200");
    bookings.create(customer, session, "ON_SITE").is("201");
  }

  @Test
  void whoHasBookedIsToldSoEvenWhenTheSessionIsFull() {
    Scene.Session session = scene.sessionOf(1);
    Customer customer = scene.customer();
    bookings.create(customer, session, "ON_SITE").is("201");
    bookings.create(customer, session, "ON_SITE").is("409 already-booked");
    bookings.create(scene.customer(), session, "ON_SITE").is("409 session-full");
  }

  @Test
  void aFullSessionSaysWhenAHeldPlaceMayFreeUp() {
    Scene.Session held = scene.sessionOf(1);
    Answer pending = bookings.create(scene.customer(), held, "CARD").is("201");
    Answer full = bookings.create(scene.customer(), held, "ON_SITE").is("409 session-full");
    assertThat(full.text("mayFreeUpAt")).isEqualTo(pending.text("holdExpiresAt"));

    Scene.Session taken = scene.sessionOf(1);
    bookings.create(scene.customer(), taken, "ON_SITE").is("201");
    Answer none = bookings.create(scene.customer(), taken, "ON_SITE").is("409 session-full");
    assertThat(none.body().containsKey("mayFreeUpAt")).isTrue();
    assertThat(none.text("mayFreeUpAt")).isNull();
  }

  @Test
  void aSessionWithoutPlacesIsFullAndOneWithoutCapacityNever() {
    bookings.create(scene.customer(), scene.sessionOf(0), "ON_SITE").is("409 session-full");
    Scene.Session unlimited = scene.session(new JsonObject().putNull("capacity"));
    for (int i = 0; i < 12; i++) {
      bookings.create(scene.customer(), unlimited, "ON_SITE").is("201");
    }
  }

  @Test
  void anotherTotalThanTheExpectedOneIsRefusedBeforeAnythingIsClaimed() {
    Scene.Session session = scene.session();
    Customer customer = scene.customer();
    JsonObject body = pay("WALLET", session.towel, 1);
    Answer answer = bookings.create(customer, session, body.put("expectedTotal", "25.00"));
    refused(answer, "409 price-changed", session);
    assertThat(answer.text("total")).isEqualTo("28.50");
    bookings.create(customer, session, body.put("expectedTotal", "28.50")).is("201");
  }

  @Test
  void theRulesAreCheckedInTheirOrder() {
    Customer banned = scene.customer(JsonObject.of("status", "BANNED"));
    Scene.Session closed = scene.session(JsonObject.of("status", "CANCELLED"));
    JsonObject bad = pay("CARD", UUID.randomUUID(), 1);
    bookings.create(banned, closed, bad).is("409 session-not-bookable");
    Scene.Session open =
        scene.session(JsonObject.of("allowedPaymentMethods", Scene.methods("ON_SITE")));
    bookings.create(banned, open, bad).is("403 customer-banned");
    Customer customer = scene.customer();
    bookings.create(customer, open, "ON_SITE").is("201");
    bookings.create(customer, open, bad).is("422 extra-not-available");
  }

  @ParameterizedTest
  @CsvSource({"catalog", "companies", "passes"})
  void withoutANeighbourThatMustBeAskedFirstNothingIsWritten(String neighbour) {
    Scene.Session session = scene.session();
    Customer customer = scene.customer();
    scene.pass(customer, 1, null, 0);
    Service.NEIGHBOURS.fault(
        JsonObject.of("neighbour", neighbour).put("kind", "ERROR_BEFORE").put("status", 503));
    Answer answer = bookings.create(customer, session, "PASS");
    refused(answer, "503 upstream-unavailable", session);
    assertThat(answer.text("upstream")).isEqualTo(neighbour);
    assertThat(answer.header("Retry-After")).isPresent();
  }

  @Test
  void aSlowNeighbourEndsAtTheDeadline() {
    Scene.Session session = scene.session();
    Service.NEIGHBOURS.fault(
        JsonObject.of("neighbour", "companies")
            .put("kind", "DELAY_BEFORE")
            .put("delayMillis", 30_000));
    Instant asked = Instant.now();
    refused(
        bookings.create(scene.customer(), session, "ON_SITE"), "503 upstream-unavailable", session);
    assertThat(Duration.between(asked, Instant.now())).isLessThan(Duration.ofSeconds(15));
  }

  @Test
  void aSubjectThatIsNoUserIsForbidden() {
    bookings
        .send(
            "POST",
            scene.session().path(),
            Service.NEIGHBOURS.serviceToken(),
            "{\"paymentMethod\":\"ON_SITE\"}",
            Map.of())
        .is("403 forbidden");
  }

  @ParameterizedTest
  @ValueSource(ints = {Integer.MAX_VALUE, Integer.MAX_VALUE - 1, 16_000_001})
  void theLargestCapacityIsOneLikeAnyOther(int capacity) {
    Scene.Session session = scene.sessionOf(capacity);
    bookings.create(scene.customer(), session, "ON_SITE").is("201");
    bookings.create(scene.customer(), session, "ON_SITE").is("201");
    scene.neighbours.putSession(session.id, JsonObject.of("capacity", 2));
    new OtherServices()
        .tell(
            "/catalog",
            "session.capacity-changed",
            JsonObject.of("sessionId", session.id.toString(), "capacity", 2));
    bookings.create(scene.customer(), session, "ON_SITE").is("409 session-full");
  }
}
