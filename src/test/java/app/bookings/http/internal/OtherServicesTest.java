package app.bookings.http.internal;

import static org.assertj.core.api.Assertions.assertThat;

import app.bookings.testsupport.Bookings;
import app.bookings.testsupport.Bookings.Answer;
import app.bookings.testsupport.MovableClock;
import app.bookings.testsupport.OtherServices;
import app.bookings.testsupport.Scene;
import app.bookings.testsupport.Scene.Customer;
import app.bookings.testsupport.Service;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** api.md, "Internal", and domain.md, "Inbound events". */
@QuarkusTest
class OtherServicesTest {

  private final Bookings bookings = Service.BOOKINGS;
  private final OtherServices services = new OtherServices();
  private final Scene scene = Service.scene();

  @AfterEach
  void theBooksAgree() {
    Service.NEIGHBOURS.reset();
    Awaitility.await()
        .untilAsserted(() -> Service.books().agree(Service.NEIGHBOURS, scene.company));
  }

  private static JsonObject session(Scene.Session session) {
    return JsonObject.of("sessionId", session.id.toString());
  }

  private static JsonArray array(List<?> values) {
    JsonArray array = new JsonArray();
    values.forEach(value -> array.add(value.toString()));
    return array;
  }

  @Test
  void oneAndManyBookingsByTheirIds() {
    Customer customer = scene.customer();
    String id = bookings.create(customer, scene.session(), "WALLET").is("201").text("id");
    JsonObject one = services.get("bookings/" + id).is("200").body();
    assertThat(one.getString("userId")).isEqualTo(customer.userId().toString());
    assertThat(one.fieldNames())
        .contains(
            "refundRequestId", "verifierUserId", "verifierScannerCredentialId", "reminderSentAt");
    JsonObject asked = JsonObject.of("bookingIds", array(List.of(id, UUID.randomUUID())));
    JsonArray items = services.post("bookings/query", asked).is("200").body().getJsonArray("items");
    assertThat(items).hasSize(1);
    assertThat(items.getJsonObject(0)).isEqualTo(one);
    services.get("bookings/" + UUID.randomUUID()).is("404 booking-not-found");
    List<UUID> many = IntStream.range(0, 501).mapToObj(i -> UUID.randomUUID()).toList();
    services
        .post("bookings/query", JsonObject.of("bookingIds", array(many)))
        .is("400 validation-error");
  }

  @Test
  void sessionsAreExpandedInTheAskedOrder() {
    Scene.Session first = scene.session();
    Scene.Session second = scene.session();
    UUID unknown = UUID.randomUUID();
    Customer customer = scene.customer();
    String active = bookings.create(customer, first, "ON_SITE").is("201").text("id");
    Customer leaves = scene.customer();
    String ended = bookings.create(leaves, first, "ON_SITE").is("201").text("id");
    bookings.cancel(leaves, ended).is("200");
    bookings.create(customer, second, "WALLET").is("201");
    JsonObject asked =
        JsonObject.of("sessionIds", array(List.of(second.id, unknown, first.id)))
            .put("includeBookings", true);
    JsonArray items =
        services.post("sessions/expand", asked).is("200").body().getJsonArray("items");
    assertThat(items.stream().map(i -> ((JsonObject) i).getString("sessionId")))
        .containsExactly(second.id.toString(), unknown.toString(), first.id.toString());
    assertThat(items.stream().map(i -> ((JsonObject) i).getInteger("activeBookingsCount")))
        .containsExactly(1, 0, 1);
    assertThat(items.getJsonObject(2).getJsonArray("bookings")).hasSize(1);
    assertThat(items.getJsonObject(2).getJsonArray("bookings").getJsonObject(0).getString("id"))
        .isEqualTo(active);
    JsonArray all =
        services
            .post("sessions/expand", asked.put("includeEnded", true))
            .is("200")
            .body()
            .getJsonArray("items");
    assertThat(all.getJsonObject(2).getJsonArray("bookings")).hasSize(2);
    assertThat(all.getJsonObject(2).getInteger("activeBookingsCount")).isEqualTo(1);
    JsonArray counts =
        services
            .post("sessions/expand", JsonObject.of("sessionIds", array(List.of(first.id))))
            .is("200")
            .body()
            .getJsonArray("items");
    assertThat(counts.getJsonObject(0).getInteger("activeBookingsCount")).isEqualTo(1);
    assertThat(counts.getJsonObject(0).getJsonArray("bookings")).isNull();
  }

  /** 200 sessions with 20 bookings each: the statements are counted by the database. */
  @Test
  void expandingManySessionsIsOneStatement() {
    List<UUID> sessions = IntStream.range(0, 200).mapToObj(i -> UUID.randomUUID()).toList();
    Service.books()
        .query(
            """
            INSERT INTO bookings.bookings (id, company_id, activity_id, session_id, customer_id,
              status, source, payment_method, payment_state, price, currency, session_title,
              starts_at, ends_at, created_at, updated_at, version)
            SELECT gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), s::uuid,
              gen_random_uuid(), 'CONFIRMED', 'SELF_BOOKED', 'ON_SITE', 'UNPAID', 25, 'EUR', 'Yoga',
              now() + interval '7 days', now() + interval '8 days', now(), now(), 0
            FROM unnest(string_to_array(?, ',')) s, generate_series(1, 20)
            """,
            String.join(",", sessions.stream().map(UUID::toString).toList()));
    Service.books().query("CREATE EXTENSION IF NOT EXISTS pg_stat_statements");
    JsonObject asked = JsonObject.of("sessionIds", array(sessions)).put("includeBookings", true);
    long before = calls();
    JsonArray items =
        services.post("sessions/expand", asked).is("200").body().getJsonArray("items");
    long after = calls();
    assertThat(items).hasSize(200);
    assertThat(items.stream().map(i -> ((JsonObject) i).getInteger("activeBookingsCount")))
        .containsOnly(20);
    assertThat(after - before).isEqualTo(1);
    Service.books()
        .query(
            "DELETE FROM bookings.bookings WHERE session_id = ANY (string_to_array(?, ',')::uuid[])",
            String.join(",", sessions.stream().map(UUID::toString).toList()));
  }

  private static long calls() {
    return Long.parseLong(
        Service.books()
            .query(
                "SELECT COALESCE(sum(calls), 0) AS calls FROM pg_stat_statements"
                    + " WHERE query LIKE '%session_id = ANY%' AND query NOT LIKE '%pg_stat%'")
            .get(0)
            .get("calls"));
  }

  @Test
  void aReviewMayBeWrittenOnceTheSessionIsOver() {
    Customer customer = scene.customer();
    Scene.Session session = scene.session();
    String id = bookings.create(customer, session, "ON_SITE").is("201").text("id");
    Answer early = services.get("bookings/" + id + "/review-eligibility").is("200");
    assertThat(early.body().getBoolean("eligible")).isFalse();
    assertThat(early.text("reason")).isEqualTo("session-not-ended");
    Answer late =
        MovableClock.at(
            session.start.plus(Duration.ofMinutes(90)),
            () -> services.get("bookings/" + id + "/review-eligibility").is("200"));
    assertThat(late.body().getBoolean("eligible")).isTrue();
    assertThat(late.text("customerId")).isEqualTo(customer.id().toString());
  }

  @Test
  void anExtraThatIsReferencedIsCounted() {
    Scene.Session session = scene.session();
    String path = "extras/" + session.towel + "/references";
    assertThat(services.get(path).is("200").body().getInteger("count")).isZero();
    bookings
        .create(
            scene.customer(),
            session,
            JsonObject.of("paymentMethod", "ON_SITE")
                .put(
                    "extras",
                    new JsonArray().add(JsonObject.of("extraId", session.towel.toString()))))
        .is("201");
    assertThat(services.get(path).is("200").body().getInteger("count")).isEqualTo(1);
  }

  @Test
  void whoIsVerifiedAtTheGateFirstIsKept() {
    Scene.Session session =
        scene.session(
            JsonObject.of("startsAt", Instant.now().plus(3, ChronoUnit.HOURS).toString()));
    String id = bookings.create(scene.customer(), session, "ON_SITE").is("201").text("id");
    String path = "bookings/" + id + "/check-in";
    UUID credential = UUID.randomUUID();
    services.post(path, at(scene)).is("400 validation-error");
    services
        .post(
            path,
            at(scene)
                .put("verifierUserId", UUID.randomUUID().toString())
                .put("verifierScannerCredentialId", credential.toString()))
        .is("400 validation-error");
    Answer first =
        services
            .post(path, at(scene).put("verifierScannerCredentialId", credential.toString()))
            .is("200");
    first.booking("CHECKED_IN/UNPAID");
    Answer again =
        services
            .post(path, at(scene).put("verifierUserId", UUID.randomUUID().toString()))
            .is("200");
    assertThat(again.text("verifierScannerCredentialId")).isEqualTo(credential.toString());
    assertThat(again.text("checkedInAt")).isEqualTo(first.text("checkedInAt"));
    services.tell(
        "/scanner",
        "scanner-credential.deleted",
        JsonObject.of("scannerCredentialId", credential.toString()));
    assertThat(services.get("bookings/" + id).text("verifierScannerCredentialId")).isNull();
    String early = bookings.create(scene.customer(), scene.session(), "ON_SITE").text("id");
    services
        .post(
            "bookings/" + early + "/check-in",
            at(scene).put("verifierUserId", UUID.randomUUID().toString()))
        .is("409 invalid-state");
  }

  private static JsonObject at(Scene scene) {
    return JsonObject.of("companyId", scene.company.toString());
  }

  @Test
  void theGateOfAnotherCompanyVerifiesNobody() {
    Scene.Session session =
        scene.session(
            JsonObject.of("startsAt", Instant.now().plus(3, ChronoUnit.HOURS).toString()));
    String id = bookings.create(scene.customer(), session, "ON_SITE").is("201").text("id");
    String path = "bookings/" + id + "/check-in";
    JsonObject verifier = JsonObject.of("verifierUserId", UUID.randomUUID().toString());
    services.post(path, verifier).is("400 validation-error");
    services.post(path, at(Service.scene()).mergeIn(verifier)).is("404 booking-not-found");
    services.get("bookings/" + id).booking("CONFIRMED/UNPAID");
    services.post(path, at(scene).mergeIn(verifier)).is("200").booking("CHECKED_IN/UNPAID");
    // Nor is it told of those who are in already.
    services.post(path, at(Service.scene()).mergeIn(verifier)).is("404 booking-not-found");
  }

  @Test
  void remindersAreHandedOutOnceOverAllCallers() {
    Set<String> mine = new HashSet<>();
    for (int i = 0; i < 25; i++) {
      Scene.Session session =
          scene.session(
              JsonObject.of("startsAt", Instant.now().plus(1, ChronoUnit.HOURS).toString()));
      mine.add(bookings.create(scene.customer(), session, "ON_SITE").is("201").text("id"));
    }
    JsonObject claim =
        JsonObject.of("startsBefore", Instant.now().plus(2, ChronoUnit.HOURS).toString())
            .put("limit", 3);
    List<String> handedOut = new ArrayList<>();
    String token = Service.NEIGHBOURS.serviceToken();
    List<Answer> answers;
    do {
      answers =
          IntStream.range(0, 4)
              .mapToObj(
                  i ->
                      bookings.sendAsync(
                          "POST", "/api/internal/reminders/claim", token, claim.encode(), Map.of()))
              .toList()
              .stream()
              .map(CompletableFuture::join)
              .toList();
      answers.forEach(
          answer ->
              answer
                  .is("200")
                  .body()
                  .getJsonArray("items")
                  .forEach(item -> handedOut.add(((JsonObject) item).getString("id"))));
    } while (answers.stream().anyMatch(a -> !a.body().getJsonArray("items").isEmpty()));
    assertThat(handedOut).doesNotHaveDuplicates().containsAll(mine);
  }

  @Test
  void aRescheduledSessionHasNewTimesAndANewDeadline() {
    Scene.Session session = scene.session();
    Customer customer = scene.customer();
    String id = bookings.create(customer, session, "WALLET").is("201").text("id");
    Instant start = session.start.plus(2, ChronoUnit.DAYS);
    JsonObject event =
        OtherServices.event(
            "/catalog",
            "session.rescheduled",
            session(session)
                .put("startsAt", start.toString())
                .put("endsAt", start.plusSeconds(3600).toString()));
    services.tell(event).is("204");
    services.tell(event).is("204");
    Answer now = bookings.get(customer, id);
    assertThat(now.body().getJsonObject("session").getString("startsAt"))
        .isEqualTo(start.toString());
    assertThat(now.text("cancellationDeadline"))
        .isEqualTo(start.minus(24, ChronoUnit.HOURS).toString());
    assertThat(
            Service.books()
                .query(
                    "SELECT 1 FROM bookings.outbox WHERE aggregateid = ?"
                        + " AND type = 'booking.rescheduled'",
                    id))
        .hasSize(1);
  }

  @Test
  void aChangedCapacityCountsFromTheNextClaim() {
    Scene.Session session = scene.sessionOf(3);
    bookings.create(scene.customer(), session, "ON_SITE").is("201");
    capacityChanges(session, 1);
    bookings.create(scene.customer(), session, "ON_SITE").is("409 session-full");
    capacityChanges(session, 2);
    bookings.create(scene.customer(), session, "ON_SITE").is("201");
    bookings.create(scene.customer(), session, "ON_SITE").is("409 session-full");
    capacityChanges(session, null);
    bookings.create(scene.customer(), session, "ON_SITE").is("201");
  }

  /** What catalog answers after it told an event is what it told, or newer. */
  private void capacityChanges(Scene.Session session, Integer capacity) {
    scene.neighbours.putSession(session.id, new JsonObject().put("capacity", capacity));
    services.tell(
        "/catalog", "session.capacity-changed", session(session).put("capacity", capacity));
  }

  @Test
  void aDeletedEntitlementLeavesTheBookingAsItWas() {
    Scene.Session session = scene.session();
    Customer customer = scene.customer();
    UUID pass = scene.pass(customer, 1, session.towel, 1);
    String id =
        bookings
            .create(
                customer,
                session,
                JsonObject.of("paymentMethod", "PASS")
                    .put(
                        "extras",
                        new JsonArray().add(JsonObject.of("extraId", session.towel.toString()))))
            .is("201")
            .text("id");
    services.tell(
        "/passes", "entitlement.deleted", JsonObject.of("entitlementId", pass.toString()));
    Answer now = bookings.get(customer, id).is("200").booking("CONFIRMED/NOT_REQUIRED");
    assertThat(now.text("customerEntitlementId")).isNull();
    assertThat(now.text("total")).isEqualTo("0.00");
    assertThat(
            now.body().getJsonArray("extras").getJsonObject(0).getString("coveredByEntitlementId"))
        .isNull();
    bookings.cancel(customer, id).is("200").booking("CANCELLED/NOT_REQUIRED");
  }

  @Test
  void deletedSessionsAndCustomersAreGoneAtOnceAndPurgedLater() {
    Service.NEIGHBOURS.decideRefunds("PENDING");
    Customer customer = scene.customer();
    Scene.Session session = scene.session();
    String id = bookings.create(customer, session, "WALLET").is("201").text("id");
    services.tell("/catalog", "session.deleted", session(session));
    bookings.get(customer, id).is("404 booking-not-found");
    services.get("bookings/" + id).is("404 booking-not-found");
    bookings.create(scene.customer(), session, "ON_SITE").is("409 session-not-bookable");
    Awaitility.await().until(() -> refundOf(id) != null);
    assertThat(row(id)).hasSize(1);
    Service.NEIGHBOURS.decide(UUID.fromString(refundOf(id)), "APPROVED");
    Awaitility.await().until(() -> row(id).isEmpty());
    assertThat(scene.wallet(customer)).isEqualByComparingTo("100.00");
    assertThat(
            Service.books()
                .query(
                    "SELECT to_status FROM bookings.booking_status_history"
                        + " WHERE booking_id = ?::uuid ORDER BY at, id",
                    id)
                .stream()
                .map(r -> r.get("to_status")))
        .containsExactly("PENDING", "CONFIRMED", "CANCELLED", "REFUNDED");

    Customer gone = scene.customer();
    String other = bookings.create(gone, scene.session(), "ON_SITE").is("201").text("id");
    services.tell(
        "/companies", "customer.deleted", JsonObject.of("customerId", gone.id().toString()));
    bookings.get(gone, other).is("404 booking-not-found");
    Awaitility.await().until(() -> row(other).isEmpty());
  }

  private static List<Map<String, String>> row(String id) {
    return Service.books().query("SELECT 1 FROM bookings.bookings WHERE id = ?::uuid", id);
  }

  private static String refundOf(String bookingId) {
    return Service.NEIGHBOURS.ledger().getJsonArray("refundRequests").stream()
        .map(JsonObject.class::cast)
        .filter(refund -> refund.getString("bookingId").equals(bookingId))
        .map(refund -> refund.getString("id"))
        .findFirst()
        .orElse(null);
  }

  @Test
  void eventsComeInThreeModes() {
    Scene.Session session = scene.session();
    Customer customer = scene.customer();
    String token = Service.NEIGHBOURS.serviceToken();
    String id = bookings.create(customer, session, "ON_SITE").is("201").text("id");
    Map<String, String> binary =
        Map.of(
            "Content-Type", "application/json",
            "ce-specversion", "1.0",
            "ce-id", UUID.randomUUID().toString(),
            "ce-source", "/catalog",
            "ce-type", "session.cancelled");
    bookings
        .send("POST", "/api/internal/events", token, session(session).encode(), binary)
        .is("204");
    bookings.becomes(customer, id, "CANCELLED/UNPAID");
    services
        .tell(
            List.of(
                OtherServices.event("/catalog", "of.no.interest", new JsonObject()),
                OtherServices.event("/catalog", "session.finished", session(session))))
        .is("204");
    for (JsonObject malformed :
        List.of(
            new JsonObject(),
            OtherServices.event("/catalog", "session.cancelled", new JsonObject()),
            OtherServices.event("", "session.cancelled", session(session)),
            OtherServices.event("/catalog", "session.finished", session(session))
                .put("specversion", "0.3"),
            OtherServices.event(
                "/catalog", "session.rescheduled", session(session).put("startsAt", "soon")))) {
      services.tell(malformed).is("400 malformed-request");
    }
  }
}
