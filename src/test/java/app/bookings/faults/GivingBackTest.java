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
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** domain.md, "Money": a give-back names its charges, goes where they came from, and goes once. */
@QuarkusTest
@TestProfile(QuickRecovery.class)
class GivingBackTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Bookings bookings = Service.BOOKINGS;
  private final Books books = Service.books();
  private final OtherServices services = new OtherServices();
  private final Scene scene = Service.scene();
  private final Scene.Session session = scene.session();

  @AfterEach
  void reset() {
    QuickRecovery.openAll();
    Service.NEIGHBOURS.reset();
    books.query("DROP TRIGGER IF EXISTS no_charges ON bookings.settlements");
  }

  private Map<String, String> row() {
    return books.bookingIn(session);
  }

  private void becomes(String states) {
    Awaitility.await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(row().get("status") + "/" + row().get("payment_state"))
                    .as(books.story(row().get("id")))
                    .isEqualTo(states));
  }

  private void booksAgree() {
    Awaitility.await()
        .atMost(PATIENCE)
        .untilAsserted(() -> books.agree(Service.NEIGHBOURS, scene.company));
  }

  private void sessionIsCalledOff() {
    services.tell(
        "/catalog", "session.cancelled", new JsonObject().put("sessionId", session.id.toString()));
  }

  private List<JsonObject> refunds(String ledger, String key, String value) {
    return Service.NEIGHBOURS.ledger().getJsonArray(ledger).stream()
        .map(JsonObject.class::cast)
        .filter(refund -> value.equals(refund.getString(key)))
        .toList();
  }

  @Test
  void whatTheWalletPaidForACustomerWithoutAnAccountGoesBackToTheWallet() {
    Customer offline = scene.customer(new JsonObject().putNull("userId"));
    services.attendees(scene, session, List.of(offline.id())).is("200");
    services.tell(
        "/catalog", "session.finished", new JsonObject().put("sessionId", session.id.toString()));
    becomes("CONFIRMED/PAID");
    assertThat(scene.wallet(offline)).isEqualByComparingTo("75.00");
    sessionIsCalledOff();
    becomes("REFUNDED/REFUNDED");
    assertThat(scene.wallet(offline)).isEqualByComparingTo("100.00");
    booksAgree();
  }

  /** Pays by card at the gateway, which tells nobody; then staff take the money at the desk. */
  private void paidTwice(Answer booking) {
    Service.NEIGHBOURS.deliverEvents(false);
    Service.NEIGHBOURS.click(booking.checkout(), "pay");
    services.post("bookings/" + row().get("id") + "/settle-on-site", null).is("200");
    Awaitility.await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(
                        books.query(
                            "SELECT state FROM bookings.settlements WHERE occasion = 'GIVE_BACK'"
                                + " AND booking_id = ?::uuid",
                            row().get("id")))
                    .containsExactly(Map.of("state", "DONE")));
    becomes("CONFIRMED/PAID");
  }

  /** Of a user, whose surplus goes to the wallet. */
  @Test
  void aSurplusGoesBackOnceAndDeskMoneyStaysAtTheDesk() {
    Customer customer = scene.customer();
    String id = bookings.create(customer, session, "ON_SITE").is("201").text("id");
    paidTwice(bookings.pay(customer, id, "CARD").is("200"));
    assertThat(scene.wallet(customer)).isEqualByComparingTo("125.00");
    sessionIsCalledOff();
    becomes("CANCELLED/PAID");
    booksAgree();
    assertThat(refunds("refundRequests", "bookingId", id)).hasSize(1);
    assertThat(scene.wallet(customer)).isEqualByComparingTo("125.00");
  }

  private Answer guest(String method) {
    return bookings.post(
        null,
        session.path().replace("/client/", "/client/guest/"),
        new JsonObject()
            .put("paymentMethod", method)
            .put("email", UUID.randomUUID() + "@x.example"));
  }

  private Answer guestPays(JsonObject created) {
    String id = created.getJsonObject("booking").getString("id");
    return bookings.send(
        "POST",
        "/api/client/guest/bookings/" + id + "/pay",
        null,
        "{\"paymentMethod\":\"CARD\"}",
        Map.of("Booking-Token", created.getString("bookingToken")));
  }

  /** Of a guest, whose card the gateway must not be asked to refund a second time. */
  @Test
  void aGuestsCardIsRefundedOnce() {
    paidTwice(guestPays(guest("ON_SITE").is("201").body()).is("200"));
    sessionIsCalledOff();
    becomes("CANCELLED/PAID");
    booksAgree();
    String payment = row().get("payment_id");
    assertThat(refunds("paymentRefunds", "paymentId", payment)).hasSize(1);
  }

  /** Negative control: a refund that does not say what it undoes goes out a second time. */
  @Test
  void withoutTheTieToTheChargeItIsRefundedTwice() {
    books.query(
        """
        CREATE OR REPLACE FUNCTION bookings.no_charges() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN NEW.charges := ARRAY[]::uuid[]; RETURN NEW; END $$
        """);
    books.query(
        "CREATE TRIGGER no_charges BEFORE INSERT OR UPDATE ON bookings.settlements"
            + " FOR EACH ROW EXECUTE FUNCTION bookings.no_charges()");
    paidTwice(guestPays(guest("ON_SITE").is("201").body()).is("200"));
    sessionIsCalledOff();
    becomes("REFUNDED/REFUNDED");
    assertThat(refunds("paymentRefunds", "paymentId", row().get("payment_id"))).hasSize(2);
  }

  /** What the preview promises is what is done. */
  @ParameterizedTest
  @ValueSource(strings = {"WALLET", "BONUS", "PASS", "CARD"})
  void thePreviewIsWhatHappens(String method) {
    Customer customer = scene.customer();
    scene.pass(customer, 1, null, 0);
    Answer created = bookings.create(customer, session, method).is("201");
    String id = created.text("id");
    if (method.equals("CARD")) {
      Service.NEIGHBOURS.click(created.checkout(), "pay");
    }
    becomes(method.equals("PASS") ? "CONFIRMED/NOT_REQUIRED" : "CONFIRMED/PAID");
    JsonArray preview =
        bookings
            .get(customer.token(), Bookings.one(id) + "/cancellation")
            .is("200")
            .body()
            .getJsonArray("giveBack");
    assertThat(preview).hasSize(1);
    String to = preview.getJsonObject(0).getString("to");
    assertThat(to).isEqualTo(method.equals("CARD") ? "WALLET" : method);
    assertThat(bookings.cancel(customer, id).status()).isIn(200, 202);
    becomes(method.equals("PASS") ? "CANCELLED/NOT_REQUIRED" : "REFUNDED/REFUNDED");
    booksAgree();
  }

  /** REFUNDED says that everything is back: the use of the pass, too. */
  @Test
  void refundedWaitsForTheReleaseOfThePass() {
    Customer customer = scene.customer();
    UUID pass = scene.pass(customer, 1, null, 0);
    JsonObject order =
        new JsonObject()
            .put("paymentMethod", "PASS")
            .put("extrasPaymentMethod", "WALLET")
            .put(
                "extras",
                new JsonArray().add(new JsonObject().put("extraId", session.towel.toString())));
    String id = bookings.create(customer, session, order).is("201").text("id");
    QuickRecovery.gate("passes").shut();
    bookings.cancel(customer, id).is("202");
    Awaitility.await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(scene.wallet(customer)).isEqualByComparingTo("100.00"));
    becomes("CANCELLED/REFUND_PENDING");
    QuickRecovery.openAll();
    becomes("REFUNDED/REFUNDED");
    assertThat(Service.NEIGHBOURS.usesLeft(pass)).isEqualTo(1);
    booksAgree();
  }
}
