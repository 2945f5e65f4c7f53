package app.bookings.database;

import app.bookings.platform.Secrets;
import app.bookings.platform.WebhookSignature;
import app.bookings.testsupport.Bookings;
import app.bookings.testsupport.Bookings.Answer;
import app.bookings.testsupport.Books;
import app.bookings.testsupport.Neighbours;
import app.bookings.testsupport.OtherServices;
import app.bookings.testsupport.Processes;
import app.bookings.testsupport.Scene;
import app.bookings.testsupport.Scene.Customer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;

/** Everything that clients, guests, other services and time itself can do to a service, once. */
final class StatementWalk {

  /** Shorter than a lock may be waited for. */
  private static final double HELD_SECONDS = 1;

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Bookings service;
  private final Neighbours neighbours;
  private final Books books;
  private final OtherServices services;
  private final Scene scene;

  StatementWalk(Processes processes) {
    service = processes.bookings(0);
    neighbours = processes.neighbours();
    books = processes.books();
    services = new OtherServices(service, neighbours);
    scene = new Scene(neighbours);
  }

  void walk() {
    Scene.Session session = scene.sessionOf(6);
    for (String method : List.of("ON_SITE", "WALLET", "BONUS", "CARD")) {
      bookAndLook(session, method);
    }
    pages(session);
    otherServicesAsk(session);
    fullSession();
    guest();
    refusalsAndFailuresOfARequestWithAKey(session);
    aRunWithAKeyDied();
    everySlotIsTakenFor();
    owedAndToppedUp();
    aNeighbourIsAway();
    paidAfterTheHoldEnded();
    calledOffAndOnOfferAgain();
    events(session);
  }

  private static JsonObject by(String method) {
    return new JsonObject().put("paymentMethod", method);
  }

  private static Map<String, String> key() {
    return Map.of("Idempotency-Key", UUID.randomUUID().toString());
  }

  private Answer create(
      Customer customer, Scene.Session session, String method, Map<String, String> key) {
    return service.send("POST", session.path(), customer.token(), by(method).encode(), key);
  }

  private void bookAndLook(Scene.Session session, String method) {
    Customer customer = scene.customer();
    Map<String, String> key = key();
    String id = create(customer, session, method, key).is("201").text("id");
    create(customer, session, method, key).is("201");
    service.get(customer, id).is("200");
    service.get(customer.token(), session.path()).is("200");
    service
        .get(
            customer.token(), "/api/client/companies/" + scene.company + "/bookings?status=PENDING")
        .is("200");
    service.post(customer.token(), session.path() + "/quote", by(method)).is("200");
    services.get("bookings/" + id).is("200");
    services.get("bookings/" + id + "/history").is("200");
    services.get("bookings/" + id + "/review-eligibility").is("200");
    services.post("bookings/query", JsonObject.of("bookingIds", new JsonArray().add(id))).is("200");
    if (!method.equals("ON_SITE")) {
      service.cancel(customer, id).is("200");
    }
  }

  private void pages(Scene.Session session) {
    Customer regular = scene.customer();
    service.create(regular, session, "ON_SITE").is("201");
    service.create(regular, scene.session(), "ON_SITE").is("201");
    String first = "/api/client/my-bookings?limit=1";
    String next = service.get(regular.token(), first).is("200").text("nextCursor");
    service.get(regular.token(), first + "&cursor=" + next).is("200");
  }

  private void otherServicesAsk(Scene.Session session) {
    services.get("settlements").is("200");
    services.get("extras/" + session.towel + "/references").is("200");
    JsonObject sessions = JsonObject.of("sessionIds", new JsonArray().add(session.id.toString()));
    services.post("sessions/expand", sessions).is("200");
    services.post("sessions/expand", sessions.copy().put("includeBookings", true)).is("200");
    services
        .post(
            "reminders/claim",
            JsonObject.of("startsBefore", session.start.plusSeconds(60).toString())
                .put("limit", 10))
        .is("200");
  }

  private void fullSession() {
    Scene.Session full = scene.sessionOf(1);
    service.create(scene.customer(), full, "ON_SITE").is("201");
    service.create(scene.customer(), full, "ON_SITE").is("409 session-full");
    service.create(scene.customer(), full, "ON_SITE").is("409 session-full");
    tell("session.deleted", JsonObject.of("sessionId", full.id.toString()));
  }

  private void guest() {
    JsonObject made =
        service
            .post(
                null,
                scene.session().path().replace("/client/", "/client/guest/"),
                by("ON_SITE").put("email", "guest@example.com"))
            .is("201")
            .body();
    service
        .send(
            "GET",
            "/api/client/guest/bookings/" + made.getJsonObject("booking").getString("id"),
            null,
            null,
            Map.of("Booking-Token", made.getString("bookingToken")))
        .is("200");
  }

  private void refusalsAndFailuresOfARequestWithAKey(Scene.Session session) {
    Customer customer = scene.customer();
    create(customer, session, "ON_SITE", key()).is("201");
    create(customer, session, "ON_SITE", key()).is("409 already-booked");
    fault("catalog");
    create(customer, scene.session(), "ON_SITE", key()).is("503 upstream-unavailable");
    neighbours.reset();
  }

  /** What a run leaves that was killed before it had written anything. */
  private void aRunWithAKeyDied() {
    Customer customer = scene.customer();
    Scene.Session session = scene.session();
    Map<String, String> key = key();
    create(customer, session, "ON_SITE", key).is("201");
    books.query("DELETE FROM bookings.bookings WHERE customer_id = ?", customer.id());
    books.query(
        """
        UPDATE bookings.idempotency_keys SET booking_id = NULL, attempt = NULL, status = NULL,
          headers = NULL, body = NULL, leased_until = now() WHERE key = ?
        """,
        key.get("Idempotency-Key"));
    create(customer, session, "ON_SITE", key).is("201");
  }

  /** Somebody is at every slot: who comes then waits for one. */
  private void everySlotIsTakenFor() {
    Scene.Session session = scene.session();
    service.create(scene.customer(), session, "ON_SITE").is("201");
    CompletableFuture<?> held =
        CompletableFuture.runAsync(
            () ->
                books.query(
                    """
                    WITH held AS MATERIALIZED (
                      SELECT slot FROM bookings.seat_slots WHERE session_id = ? FOR UPDATE)
                    SELECT pg_sleep(?) FROM (SELECT count(*) FROM held) counted
                    """,
                    session.id,
                    HELD_SECONDS));
    Awaitility.await()
        .pollInterval(Duration.ofMillis(20))
        .until(
            () ->
                !books
                    .query("SELECT 1 FROM pg_stat_activity WHERE wait_event = 'PgSleep'")
                    .isEmpty());
    service.create(scene.customer(), session, "ON_SITE").is("201");
    held.join();
  }

  /** An attendee without a pass or money, of whom passes did not answer at first. */
  private void owedAndToppedUp() {
    Scene.Session session = scene.session();
    Customer customer = scene.customer(new JsonObject().put("walletBalance", "0.00"));
    services.attendees(scene, session, List.of(customer.id())).is("200");
    fault("passes");
    tell("session.finished", JsonObject.of("sessionId", session.id.toString()));
    Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> !books.query("SELECT 1 FROM bookings.work_claims WHERE tries = 2").isEmpty());
    neighbours.reset();
    becomes(session, "PENDING_PAYMENT");
    neighbours.putCustomer(customer.id(), new JsonObject().put("walletBalance", "25.00"));
    tell("wallet.topped-up", JsonObject.of("customerId", customer.id().toString()));
    becomes(session, "CONFIRMED");
  }

  private void aNeighbourIsAway() {
    fault("wallet");
    service.create(scene.customer(), scene.session(), "WALLET").is("202");
    neighbours.reset();
  }

  /** The customer pays while payments does not answer: the place is taken again. */
  private void paidAfterTheHoldEnded() {
    Scene.Session session = scene.session();
    Answer created = service.create(scene.customer(), session, "CARD").is("201");
    neighbours.deliverEvents(false);
    fault("payments");
    neighbours.click(created.body().getJsonObject("payment").getString("checkoutUrl"), "pay");
    books.query(
        "UPDATE bookings.bookings SET hold_expires_at = now() WHERE session_id = ?", session.id);
    becomes(session, "CANCELLED");
    neighbours.reset();
    becomes(session, "CONFIRMED");
  }

  private void calledOffAndOnOfferAgain() {
    Scene.Session session = scene.session();
    JsonObject data = JsonObject.of("sessionId", session.id.toString());
    service.create(scene.customer(), session, "ON_SITE").is("201");
    tell("session.cancelled", data);
    becomes(session, "CANCELLED");
    service.create(scene.customer(), session, "ON_SITE").is("409 session-not-bookable");
    tell("session.reopened", data);
    service.create(scene.customer(), session, "ON_SITE").is("201");
  }

  private void events(Scene.Session session) {
    JsonObject ofSession = JsonObject.of("sessionId", session.id.toString());
    Customer deleted = scene.customer();
    service.create(deleted, scene.session(), "ON_SITE").is("201");
    Customer linked = scene.customer();
    tell("session.capacity-changed", ofSession.copy().put("capacity", 9));
    tell(
        "session.rescheduled",
        ofSession
            .copy()
            .put("startsAt", session.start.plusSeconds(60).toString())
            .put("endsAt", session.start.plusSeconds(3600).toString()));
    tell("customer.deleted", JsonObject.of("customerId", deleted.id().toString()));
    tell(
        "customer.linked",
        JsonObject.of("customerId", linked.id().toString(), "userId", linked.userId().toString()));
    tell("entitlement.deleted", JsonObject.of("entitlementId", UUID.randomUUID().toString()));
    tell(
        "scanner-credential.deleted",
        JsonObject.of("scannerCredentialId", UUID.randomUUID().toString()));
  }

  /** For a service that demands signatures. */
  void signedEvent(String secret) {
    String id = "message-of-the-walk";
    String timestamp = Long.toString(Instant.now().getEpochSecond());
    String body = OtherServices.event("/walk", "session.noticed", new JsonObject()).encode();
    String signature =
        new WebhookSignature(Secrets.ofWebhooks("the walk's secret", List.of(secret)))
            .sign(id, timestamp, body);
    service
        .send(
            "POST",
            "/api/internal/events",
            neighbours.serviceToken(),
            body,
            Map.of(
                "Content-Type", "application/cloudevents+json",
                "webhook-id", id,
                "webhook-timestamp", timestamp,
                "webhook-signature", signature))
        .is("204");
  }

  private void tell(String type, JsonObject data) {
    services.tell("/walk", type, data);
  }

  /** From now on it does not do what services ask of it. */
  private void fault(String neighbour) {
    neighbours.fault(
        new JsonObject()
            .put("neighbour", neighbour)
            .put("path", "/api/internal")
            .put("kind", "ERROR_BEFORE"));
  }

  private void becomes(Scene.Session session, String status) {
    Awaitility.await()
        .atMost(PATIENCE)
        .until(
            () ->
                books
                        .query(
                            "SELECT 1 FROM bookings.bookings WHERE session_id = ? AND status = ?",
                            session.id,
                            status)
                        .size()
                    == 1);
  }
}
