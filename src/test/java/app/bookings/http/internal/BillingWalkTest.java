package app.bookings.http.internal;

import static org.assertj.core.api.Assertions.assertThat;

import app.bookings.platform.Secrets;
import app.bookings.platform.WebhookSignature;
import app.bookings.testsupport.Bookings;
import app.bookings.testsupport.OtherServices;
import app.bookings.testsupport.Scene;
import app.bookings.testsupport.Scene.Customer;
import app.bookings.testsupport.Service;
import app.bookings.testsupport.Sink;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** domain.md, "Slot attendees", and "Outbound events": from the slot to the last cent and event. */
@QuarkusTest
@TestProfile(BillingWalkTest.TwoSinks.class)
class BillingWalkTest {

  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  private static final Sink SINK = new Sink();
  private static final Sink DEAD = new Sink();

  private final Bookings bookings = Service.BOOKINGS;
  private final OtherServices services = new OtherServices();
  private final Scene scene = Service.scene();

  /** Two receivers of events, of which one is dead. */
  public static class TwoSinks implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      DEAD.answer(500);
      return Map.of(
          "bookings.event-sinks",
          SINK.url() + "," + DEAD.url(),
          "bookings.event-secret",
          SECRET,
          "bookings.recovery-interval",
          "PT0.2S");
    }
  }

  @AfterEach
  void theBooksAgree() {
    Service.NEIGHBOURS.reset();
    Awaitility.await()
        .untilAsserted(() -> Service.books().agree(Service.NEIGHBOURS, scene.company));
  }

  @Test
  void fiveAttendeesFromSlotToLastCent() {
    Scene.Session session = scene.sessionOf(5);
    List<Customer> customers =
        List.of(scene.customer(), scene.customer(), scene.customer(), poor(), poor());
    UUID pass = scene.pass(customers.get(0), 1, null, 0);
    Map<Customer, String> ids = new LinkedHashMap<>();
    List<UUID> customerIds = customers.stream().map(Customer::id).toList();
    JsonObject added = services.attendees(scene, session, customerIds).is("200").body();
    for (int i = 0; i < customers.size(); i++) {
      JsonObject item = added.getJsonArray("items").getJsonObject(i);
      assertThat(item.getBoolean("created")).isTrue();
      assertThat(item.getString("customerId")).isEqualTo(customers.get(i).id().toString());
      ids.put(customers.get(i), item.getString("bookingId"));
    }
    // Again: the same bookings, none created; one more finds no place.
    JsonObject again = services.attendees(scene, session, customerIds).is("200").body();
    for (int i = 0; i < customers.size(); i++) {
      JsonObject item = again.getJsonArray("items").getJsonObject(i);
      assertThat(item.getBoolean("created")).isFalse();
      assertThat(item.getString("bookingId")).isEqualTo(ids.get(customers.get(i)));
      assertThat(item.getString("problem")).isNull();
    }
    JsonObject full =
        services.attendees(scene, session, List.of(scene.customer().id())).is("200").body();
    assertThat(full.getJsonArray("items").getJsonObject(0).getString("problem"))
        .isEqualTo("session-full");
    ids.forEach(
        (customer, id) -> {
          JsonObject booking =
              bookings.get(customer, id).is("200").booking("CONFIRMED/UNPAID").body();
          assertThat(booking.getString("source")).isEqualTo("SLOT_ATTENDEE");
          assertThat(booking.getString("paymentMethod")).isNull();
        });

    services.tell(
        "/catalog", "session.finished", new JsonObject().put("sessionId", session.id.toString()));
    bookings.becomes(customers.get(0), ids.get(customers.get(0)), "CONFIRMED/NOT_REQUIRED");
    bookings.becomes(customers.get(1), ids.get(customers.get(1)), "CONFIRMED/PAID");
    bookings.becomes(customers.get(2), ids.get(customers.get(2)), "CONFIRMED/PAID");
    bookings.becomes(customers.get(3), ids.get(customers.get(3)), "PENDING_PAYMENT/UNPAID");
    bookings.becomes(customers.get(4), ids.get(customers.get(4)), "PENDING_PAYMENT/UNPAID");
    assertThat(Service.NEIGHBOURS.usesLeft(pass)).isZero();
    assertThat(scene.wallet(customers.get(1))).isEqualByComparingTo("75.00");

    Customer tops = customers.get(3);
    Service.NEIGHBOURS.putCustomer(tops.id(), new JsonObject().put("walletBalance", "30.00"));
    services.tell(
        "/wallet",
        "wallet.topped-up",
        new JsonObject().put("customerId", tops.id().toString()).put("currency", "EUR"));
    bookings.becomes(tops, ids.get(tops), "CONFIRMED/PAID");
    assertThat(scene.wallet(tops)).isEqualByComparingTo("5.00");

    String waived = ids.get(customers.get(4));
    services
        .post("bookings/" + waived + "/waive", new JsonObject().put("reason", "a friend"))
        .is("200")
        .booking("CANCELLED/UNPAID");

    Map<Integer, List<String>> told =
        Map.of(
            0, List.of("booking.created", "booking.paid"),
            1, List.of("booking.created", "booking.paid"),
            2, List.of("booking.created", "booking.paid"),
            3, List.of("booking.created", "booking.payment-due", "booking.paid"),
            4, List.of("booking.created", "booking.payment-due", "booking.cancelled"));
    told.forEach(
        (index, types) ->
            Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(
                    () -> assertThat(SINK.types(ids.get(customers.get(index)))).isEqualTo(types)));
    for (Sink.Received received : SINK.of(waived)) {
      assertThat(
              new WebhookSignature(Secrets.ofWebhooks("a secret", List.of(SECRET)))
                  .genuine(
                      received.signature(), received.id(), received.timestamp(), received.body()))
          .isTrue();
      assertThat(received.event().getString("source")).isEqualTo("/bookings");
      assertThat(received.event().getJsonObject("data").getString("id")).isEqualTo(waived);
    }
    assertThat(SINK.of(waived).get(2).event().getJsonObject("data").getString("previousStatus"))
        .isEqualTo("PENDING_PAYMENT");

    // The dead sink held up nobody; when it lives again it gets everything, in order.
    assertThat(DEAD.types(waived)).isEmpty();
    DEAD.answer(204);
    Service.books().query("UPDATE bookings.outbox_deliveries SET due_at = now()");
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () -> {
              Service.books().query("UPDATE bookings.outbox_deliveries SET due_at = now()");
              assertThat(DEAD.types(waived).stream().distinct().toList()).isEqualTo(told.get(4));
            });
    DEAD.answer(500);
  }

  private Customer poor() {
    return scene.customer(new JsonObject().put("walletBalance", "1.00"));
  }

  @Test
  void aDebtIsPaidByTheCustomerOrAtTheDesk() {
    Scene.Session session = scene.session();
    Customer pays = poor();
    Customer atDesk = poor();
    JsonObject added =
        services.attendees(scene, session, List.of(pays.id(), atDesk.id())).is("200").body();
    String first = added.getJsonArray("items").getJsonObject(0).getString("bookingId");
    String second = added.getJsonArray("items").getJsonObject(1).getString("bookingId");
    services.tell(
        "/catalog", "session.finished", new JsonObject().put("sessionId", session.id.toString()));
    bookings.becomes(pays, first, "PENDING_PAYMENT/UNPAID");
    bookings.becomes(atDesk, second, "PENDING_PAYMENT/UNPAID");
    bookings.cancel(pays, first).is("409 invalid-state");
    bookings.pay(pays, first, "WALLET").is("402 payment-declined");
    bookings.becomes(pays, first, "PENDING_PAYMENT/UNPAID");
    bookings.pay(pays, first, "BONUS").is("200").booking("CONFIRMED/PAID");
    services
        .post("bookings/" + second + "/settle-on-site", null)
        .is("200")
        .booking("CONFIRMED/PAID");
    services
        .post("bookings/" + second + "/settle-on-site", null)
        .is("200")
        .booking("CONFIRMED/PAID");
    services
        .post("bookings/" + second + "/waive", new JsonObject().put("reason", "x"))
        .is("409 invalid-state");
  }

  @Test
  void withoutAnEventTheSafetyNetBills() {
    Scene.Session session = scene.session();
    Customer customer = scene.customer();
    String id =
        services
            .attendees(scene, session, List.of(customer.id()))
            .is("200")
            .body()
            .getJsonArray("items")
            .getJsonObject(0)
            .getString("bookingId");
    Service.books()
        .query(
            "UPDATE bookings.bookings SET starts_at = now() - interval '2 hours',"
                + " ends_at = now() - interval '11 minutes' WHERE id = ?::uuid",
            id);
    bookings.becomes(customer, id, "CONFIRMED/PAID");
    assertThat(scene.wallet(customer)).isEqualByComparingTo("75.00");
  }
}
