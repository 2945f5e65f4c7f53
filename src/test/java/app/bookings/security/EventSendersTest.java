package app.bookings.security;

import app.bookings.sandbox.SandboxKeys;
import app.bookings.testsupport.Bookings;
import app.bookings.testsupport.Bookings.Answer;
import app.bookings.testsupport.OtherServices;
import app.bookings.testsupport.Scene;
import app.bookings.testsupport.Scene.Customer;
import app.bookings.testsupport.Service;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.jwt.build.Jwt;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** BOOKINGS_EVENT_SENDERS: who may tell what, and is believed. */
@QuarkusTest
@TestProfile(EventSendersTest.Known.class)
class EventSendersTest {

  private final Bookings bookings = Service.BOOKINGS;
  private final Scene scene = Service.scene();
  private final Scene.Session session = scene.session();
  private final Customer customer = scene.customer();

  /** The senders of the deployment; the sandbox sends nothing itself. */
  public static final class Known implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "bookings.event-senders",
          "payments-service=/payments, gate=/scanner, catalog-service=/catalog,core=/companies");
    }
  }

  private OtherServices service(String subject) {
    return new OtherServices(
        bookings,
        SandboxKeys.sign(
            Jwt.claims()
                .subject(subject)
                .issuer("sandbox")
                .groups(Set.of("bookings-internal"))
                .expiresIn(Duration.ofMinutes(5))));
  }

  private Answer tell(String subject, JsonObject event) {
    return service(subject).tell(event);
  }

  private JsonObject succeeded(String source, Answer booking) {
    return OtherServices.event(
        source,
        "payment.succeeded",
        new JsonObject()
            .put("paymentId", booking.body().getJsonObject("payment").getString("id"))
            .put("sourceId", booking.text("id"))
            .put("amount", "25.00")
            .put("currency", "EUR"));
  }

  @ParameterizedTest
  @CsvSource({
    "payments-service, /payments, 204, CONFIRMED/PAID",
    "payments-service, /scanner, 403 forbidden, PENDING/UNPAID",
    "gate, /payments, 403 forbidden, PENDING/UNPAID",
    "gate, /scanner, 403 forbidden, PENDING/UNPAID",
    "stranger, /payments, 403 forbidden, PENDING/UNPAID"
  })
  void paymentsAloneTellsOfPayments(String subject, String source, String outcome, String states) {
    Answer created = bookings.create(customer, session, "CARD").is("201");
    tell(subject, succeeded(source, created)).is(outcome);
    bookings.get(customer, created.text("id")).booking(states);
  }

  /** Even of payments: what does not name what was asked for makes the service ask. */
  @ParameterizedTest
  @CsvSource({"amount,", "currency,", "amount, 0.01", "currency, XXX"})
  void amountAndCurrencyAreCompared(String member, String value) {
    Answer created = bookings.create(customer, session, "CARD").is("201");
    JsonObject event = succeeded("/payments", created);
    if (value == null) {
      event.getJsonObject("data").remove(member);
    } else {
      event.getJsonObject("data").put(member, value);
    }
    tell("payments-service", event).is("204");
    bookings.get(customer, created.text("id")).booking("PENDING/UNPAID");
  }

  @Test
  void theOthersAreTakenAtTheirWord() {
    Answer created = bookings.create(customer, session, "ON_SITE").is("201");
    UUID user = UUID.randomUUID();
    JsonObject linked =
        OtherServices.event(
            "/companies",
            "customer.linked",
            new JsonObject()
                .put("customerId", customer.id().toString())
                .put("userId", user.toString()));
    tell("catalog-service", linked).is("403 forbidden");
    tell("core", linked).is("204");
    bookings.get(Service.NEIGHBOURS.userToken(user), Bookings.one(created.text("id"))).is("200");
  }

  /** A batch is refused as a whole, before anything of it is done. */
  @Test
  void oneEventOfAnotherRefusesTheBatch() {
    Answer created = bookings.create(customer, session, "CARD").is("201");
    service("payments-service")
        .tell(List.of(succeeded("/payments", created), succeeded("/scanner", created)))
        .is("403 forbidden");
    bookings.get(customer, created.text("id")).booking("PENDING/UNPAID");
  }
}
