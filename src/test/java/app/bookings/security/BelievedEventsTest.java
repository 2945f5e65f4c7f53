package app.bookings.security;

import static org.assertj.core.api.Assertions.assertThat;

import app.bookings.testsupport.Bookings;
import app.bookings.testsupport.Bookings.Answer;
import app.bookings.testsupport.OtherServices;
import app.bookings.testsupport.Scene;
import app.bookings.testsupport.Scene.Customer;
import app.bookings.testsupport.Service;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * reliability.md, "Who may write what a neighbour said": without configured senders an event of
 * money is a hint, whoever sends it and whatever it names.
 */
@QuarkusTest
class BelievedEventsTest {

  private final Bookings bookings = Service.BOOKINGS;
  private final OtherServices services = new OtherServices();
  private final Scene scene = Service.scene();
  private final Scene.Session session = scene.session();
  private final Customer customer = scene.customer();

  @AfterEach
  void end() {
    Service.NEIGHBOURS.reset();
    Service.NEIGHBOURS.deliverEvents(true);
  }

  private JsonObject told(String source, String type, Answer booking) {
    return OtherServices.event(
        source,
        type,
        new JsonObject()
            .put("paymentId", booking.body().getJsonObject("payment").getString("id"))
            .put("sourceId", booking.text("id"))
            .put("amount", "25.00")
            .put("currency", "EUR"));
  }

  @ParameterizedTest
  @CsvSource({
    "/payments, payment.succeeded, PENDING/UNPAID",
    "/scanner, payment.succeeded, PENDING/UNPAID",
    "/payments, payment.failed, PENDING/UNPAID",
    "/scanner, payment.failed, PENDING/UNPAID"
  })
  void paymentsIsAskedWhoeverTellsOfAPayment(String source, String type, String states) {
    Answer created = bookings.create(customer, session, "CARD").is("201");
    services.tell(told(source, type, created)).is("204");
    bookings.get(customer, created.text("id")).booking(states);
  }

  @ParameterizedTest
  @CsvSource({
    "pay, amount, ",
    "pay, currency, ",
    "pay, amount, 0.01",
    "pay, currency, XXX",
    "fail, amount, "
  })
  void whatPaymentsSaysCountsWhateverTheEventNames(String click, String member, String value) {
    Answer created = bookings.create(customer, session, "CARD").is("201");
    Service.NEIGHBOURS.deliverEvents(false);
    Service.NEIGHBOURS.click(
        created.body().getJsonObject("payment").getString("checkoutUrl"), click);
    JsonObject event = told("/payments", "payment.succeeded", created);
    if (value == null) {
      event.getJsonObject("data").remove(member);
    } else {
      event.getJsonObject("data").put(member, value);
    }
    services.tell(event).is("204");
    bookings
        .get(customer, created.text("id"))
        .booking(click.equals("pay") ? "CONFIRMED/PAID" : "CANCELLED/UNPAID");
  }

  @Test
  void whilePaymentsIsAwayTheEventIsToBeSentAgain() {
    Answer created = bookings.create(customer, session, "CARD").is("201");
    Service.NEIGHBOURS.fault(
        new JsonObject().put("neighbour", "payments").put("kind", "ERROR_BEFORE"));
    JsonObject event = told("/payments", "payment.succeeded", created);
    services.tell(event).is("503 upstream-unavailable");
    Service.NEIGHBOURS.reset();
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> services.tell(event).is("204"));
    bookings.get(customer, created.text("id")).booking("PENDING/UNPAID");
  }

  /** What can't be applied, or is no text where one belongs, is refused at the door. */
  @ParameterizedTest
  @CsvSource({
    "0001-01-01T00:00:00Z, 0001-01-01T01:00:00Z",
    "0050-01-01T00:00:00Z, 2026-01-01T01:00:00Z",
    "1899-12-31T23:59:59Z, 1900-01-01T00:00:00Z"
  })
  void aSessionIsOfThisEra(String startsAt, String endsAt) {
    bookings.create(customer, session, "ON_SITE").is("201");
    services
        .tell(
            OtherServices.event(
                "/catalog",
                "session.rescheduled",
                new JsonObject()
                    .put("sessionId", session.id.toString())
                    .put("startsAt", startsAt)
                    .put("endsAt", endsAt)))
        .is("400 malformed-request");
    bookings.create(scene.customer(), session, "ON_SITE").is("201");
  }

  @Test
  void attributesAreTexts() {
    for (String attribute : new String[] {"specversion", "id", "source", "type", "time"}) {
      for (Object value : new Object[] {1.0, true, new JsonObject()}) {
        JsonObject event =
            OtherServices.event(
                "/catalog",
                "session.finished",
                new JsonObject().put("sessionId", UUID.randomUUID().toString()));
        services.tell(event.put(attribute, value)).is("400 malformed-request");
      }
    }
  }

  @Test
  void bookingsAreHandedOverOnCompaniesWord() {
    Answer created = bookings.create(customer, session, "ON_SITE").is("201");
    UUID thief = UUID.randomUUID();
    services
        .tell(
            OtherServices.event(
                "/companies",
                "customer.linked",
                new JsonObject()
                    .put("customerId", customer.id().toString())
                    .put("userId", thief.toString())))
        .is("204");
    bookings.get(customer, created.text("id")).is("200");
    bookings
        .get(Service.NEIGHBOURS.userToken(thief), Bookings.one(created.text("id")))
        .is("404 booking-not-found");
    assertThat(
            Service.books()
                .query(
                    "SELECT 1 FROM bookings.customer_links WHERE customer_id = ?", customer.id()))
        .isEmpty();
  }
}
