package app.bookings.http.internal;

import static org.assertj.core.api.Assertions.assertThat;

import app.bookings.testsupport.Bookings;
import app.bookings.testsupport.Bookings.Answer;
import app.bookings.testsupport.OtherServices;
import app.bookings.testsupport.Scene;
import app.bookings.testsupport.Scene.Customer;
import app.bookings.testsupport.Service;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** domain.md, "Inbound events": in any order, any number of times, the same final state. */
@QuarkusTest
class ShuffledEventsTest {

  private final Bookings bookings = Service.BOOKINGS;
  private final OtherServices services = new OtherServices();

  /** A paid booking of which all kinds of things are told, each twice, in an order of its own. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void theOrderMakesNoDifference(long seed) {
    Scene scene = Service.scene();
    Scene.Session session = scene.session();
    Customer customer = scene.customer();
    Answer created = bookings.create(customer, session, "CARD").is("201");
    String id = created.text("id");
    JsonObject payment = created.body().getJsonObject("payment");
    Service.NEIGHBOURS.deliverEvents(false);
    Service.NEIGHBOURS.click(payment.getString("checkoutUrl"), "pay");
    Service.NEIGHBOURS.deliverEvents(true);

    Instant start = session.start.plus(1, ChronoUnit.DAYS);
    UUID user = UUID.randomUUID();
    JsonObject about = new JsonObject().put("sessionId", session.id.toString());
    JsonObject customerData = new JsonObject().put("customerId", customer.id().toString());
    List<JsonObject> events = new ArrayList<>();
    events.add(
        OtherServices.event(
            "/payments",
            "payment.succeeded",
            new JsonObject()
                .put("paymentId", payment.getString("id"))
                .put("sourceId", id)
                .put("amount", "25.00")
                .put("currency", "EUR")));
    events.add(
        OtherServices.event(
            "/catalog",
            "session.rescheduled",
            about
                .copy()
                .put("startsAt", start.toString())
                .put("endsAt", start.plusSeconds(5400).toString())));
    events.add(
        OtherServices.event(
            "/catalog", "session.capacity-changed", about.copy().put("capacity", 7)));
    events.add(OtherServices.event("/catalog", "session.finished", about));
    events.add(OtherServices.event("/catalog", "session.reopened", about));
    Service.NEIGHBOURS.putCustomer(customer.id(), new JsonObject().put("userId", user.toString()));
    events.add(
        OtherServices.event(
            "/companies", "customer.linked", customerData.copy().put("userId", user.toString())));
    events.add(
        OtherServices.event(
            "/wallet", "wallet.topped-up", customerData.copy().put("currency", "EUR")));
    events.add(
        OtherServices.event(
            "/passes",
            "entitlement.deleted",
            new JsonObject().put("entitlementId", UUID.randomUUID().toString())));
    events.add(
        OtherServices.event(
            "/scanner",
            "scanner-credential.deleted",
            new JsonObject().put("scannerCredentialId", UUID.randomUUID().toString())));
    events.add(
        OtherServices.event(
            "/wallet",
            "refund.approved",
            new JsonObject()
                .put("refundRequestId", UUID.randomUUID().toString())
                .put("bookingId", id)
                .put("amount", "25.00")));
    List<JsonObject> twice = new ArrayList<>(events);
    twice.addAll(events);
    Collections.shuffle(twice, new Random(seed));
    twice.forEach(event -> services.tell(event).is("204"));

    JsonObject now = services.get("bookings/" + id).is("200").booking("CONFIRMED/PAID").body();
    assertThat(now.getString("userId")).isEqualTo(user.toString());
    assertThat(now.getJsonObject("session").getString("startsAt")).isEqualTo(start.toString());
    assertThat(
            Service.books()
                .query(
                    "SELECT capacity, (SELECT count(*) FROM bookings.bookings b WHERE b.session_id ="
                        + " s.session_id AND b.status = 'CONFIRMED') AS taken"
                        + " FROM bookings.session_seats s WHERE session_id = ?",
                    session.id))
        .containsExactly(java.util.Map.of("capacity", "7", "taken", "1"));
    assertThat(
            Service.books()
                .query("SELECT type FROM bookings.outbox WHERE aggregateid = ? ORDER BY type", id)
                .stream()
                .map(row -> row.get("type")))
        .containsExactly("booking.confirmed", "booking.created", "booking.rescheduled");
    Service.books().agree(Service.NEIGHBOURS, scene.company);
  }

  @Test
  void whatIsToldOfASessionBeforeItsFirstBookingCounts() {
    Scene scene = Service.scene();
    Scene.Session full = scene.sessionOf(5);
    services.tell(
        "/catalog",
        "session.capacity-changed",
        new JsonObject().put("sessionId", full.id.toString()).put("capacity", 0));
    scene.neighbours.putSession(full.id, new JsonObject().put("capacity", 0));
    bookings.create(scene.customer(), full, "ON_SITE").is("409 session-full");

    Scene.Session cancelled = scene.session();
    services.tell(
        "/catalog",
        "session.cancelled",
        new JsonObject().put("sessionId", cancelled.id.toString()));
    bookings.create(scene.customer(), cancelled, "ON_SITE").is("409 session-not-bookable");

    Scene.Session finished = scene.session();
    services.tell(
        "/catalog", "session.finished", new JsonObject().put("sessionId", finished.id.toString()));
    Customer customer = scene.customer();
    String id =
        services
            .attendees(scene, finished, List.of(customer.id()))
            .is("200")
            .body()
            .getJsonArray("items")
            .getJsonObject(0)
            .getString("bookingId");
    bookings.becomes(customer, id, "CONFIRMED/PAID");
  }

  @Test
  void newsOfWhatIsNotOursIsAcceptedAndIgnored() {
    for (String type :
        List.of("payment.succeeded", "payment.failed", "refund.approved", "refund.rejected")) {
      JsonObject data =
          new JsonObject()
              .put("paymentId", UUID.randomUUID().toString())
              .put("sourceId", UUID.randomUUID().toString())
              .put("refundRequestId", UUID.randomUUID().toString())
              .put("bookingId", UUID.randomUUID().toString())
              .put("amount", "1.00");
      services.tell("/payments", type, data);
    }
  }
}
