package app.bookings.faults;

import static org.assertj.core.api.Assertions.assertThat;

import app.bookings.testsupport.Bookings;
import app.bookings.testsupport.Bookings.Answer;
import app.bookings.testsupport.Books;
import app.bookings.testsupport.OtherServices;
import app.bookings.testsupport.QuickRecovery;
import app.bookings.testsupport.Scene;
import app.bookings.testsupport.Scene.Customer;
import app.bookings.testsupport.Service;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What a neighbour says is believed when it is about what was asked: its id, its amount, its
 * currency. Everything else is no answer.
 */
@QuarkusTest
@TestProfile(QuickRecovery.class)
class OtherThingsTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Bookings bookings = Service.BOOKINGS;
  private final Books books = Service.books();
  private final OtherServices services = new OtherServices();
  private final Scene scene = Service.scene();
  private final Scene.Session session = scene.session();
  private final Customer customer = scene.customer();

  @AfterEach
  void reset() {
    Service.NEIGHBOURS.reset();
  }

  private void says(String path, String member, String value) {
    Service.NEIGHBOURS.fault(
        new JsonObject()
            .put("path", path)
            .put("kind", "ALTERED_AFTER")
            .put("members", new JsonObject().put(member, value)));
  }

  private void becomes(String id, String states) {
    bookings.becomes(customer, id, states);
    Awaitility.await()
        .atMost(PATIENCE)
        .untilAsserted(() -> books.agree(Service.NEIGHBOURS, scene.company));
  }

  /** The checkout is open; an event, or payments itself, says that something else was paid. */
  @ParameterizedTest
  @CsvSource({"amount, 5.00", "amount, 2500", "currency, USD"})
  void anEventOverSomethingElseConfirmsNothing(String member, String value) {
    Answer created = bookings.create(customer, session, "CARD").is("201");
    String payment = created.body().getJsonObject("payment").getString("id");
    JsonObject data =
        new JsonObject()
            .put("paymentId", payment)
            .put("sourceId", created.text("id"))
            .put("amount", "25.00")
            .put("currency", "EUR")
            .put(member, value);
    services.tell("/payments", "payment.succeeded", data);
    bookings.get(customer, created.text("id")).is("200").booking("PENDING/UNPAID");
  }

  /** What a client opens is an address of the web, or there is none yet. */
  @ParameterizedTest
  @CsvSource({
    "javascript:alert(1)",
    "data:text/html;base64,PHNjcmlwdD4=",
    "//pay.example/1",
    "https:///1",
    "no address"
  })
  void aCheckoutIsOfTheWeb(String url) {
    says("/payments/api", "paymentUrl", url);
    Answer created = bookings.create(customer, session, "CARD").is("202").booking("PENDING/UNPAID");
    assertThat(created.body().getJsonObject("payment").getString("checkoutUrl")).isNull();
    Service.NEIGHBOURS.reset();
    Awaitility.await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(
                        bookings
                            .get(customer, created.text("id"))
                            .body()
                            .getJsonObject("payment")
                            .getString("checkoutUrl"))
                    .startsWith("http"));
    // The breaker that these answers opened lets calls through again.
    Awaitility.await()
        .atMost(PATIENCE)
        .untilAsserted(() -> bookings.create(scene.customer(), scene.session(), "CARD").is("201"));
  }

  @ParameterizedTest
  @CsvSource({
    "amount, 5.00",
    "currency, USD",
    "id, 00000000-0000-7000-8000-000000000000",
    "amount, 1e3"
  })
  void paymentsThatSpeaksOfSomethingElseConfirmsNothing(String member, String value) {
    Answer created = bookings.create(customer, session, "CARD").is("201");
    String id = created.text("id");
    JsonObject payment = created.body().getJsonObject("payment");
    Service.NEIGHBOURS.deliverEvents(false);
    says("/payments/api", member, value);
    Service.NEIGHBOURS.click(payment.getString("checkoutUrl"), "pay");
    books.query(
        "UPDATE bookings.settlements SET due_at = now() WHERE id = ?::uuid",
        payment.getString("id"));
    Awaitility.await()
        .atMost(PATIENCE)
        .until(
            () ->
                !books
                    .query(
                        "SELECT 1 FROM bookings.settlements"
                            + " WHERE id = ?::uuid AND last_error IS NOT NULL",
                        payment.getString("id"))
                    .isEmpty());
    bookings.get(customer, id).is("200").booking("PENDING/UNPAID");
    // Once it speaks of what was asked, it is believed.
    Service.NEIGHBOURS.reset();
    becomes(id, "CONFIRMED/PAID");
  }

  @ParameterizedTest
  @CsvSource({
    "WALLET, /debits/, amount, 5.00",
    "WALLET, /debits/, currency, USD",
    "WALLET, /debits/, id, 00000000-0000-7000-8000-000000000000",
    "BONUS, /bonus-debits/, id, 00000000-0000-7000-8000-000000000000",
    "PASS, /redemptions/, entitlementId, 00000000-0000-7000-8000-000000000000"
  })
  void aMovementOfSomethingElseIsNone(String method, String path, String member, String value) {
    UUID pass = scene.pass(customer, 1, null, 0);
    says(path, member, value);
    Answer created = bookings.create(customer, session, method).is("202");
    String id = created.text("id");
    created.booking(method.equals("PASS") ? "PENDING/NOT_REQUIRED" : "PENDING/UNPAID");
    Service.NEIGHBOURS.reset();
    becomes(id, method.equals("PASS") ? "CONFIRMED/NOT_REQUIRED" : "CONFIRMED/PAID");
    assertThat(Service.NEIGHBOURS.usesLeft(pass)).isEqualTo(method.equals("PASS") ? 0 : 1);
  }

  @ParameterizedTest
  @CsvSource({"amount, 5.00", "bookingId, 00000000-0000-7000-8000-000000000000"})
  void aRefundOfSomethingElseIsNone(String member, String value) {
    String id = bookings.create(customer, session, "WALLET").is("201").text("id");
    says("/refund-requests/", member, value);
    bookings.cancel(customer, id).is("202").booking("CANCELLED/REFUND_PENDING");
    Service.NEIGHBOURS.reset();
    becomes(id, "REFUNDED/REFUNDED");
  }
}
