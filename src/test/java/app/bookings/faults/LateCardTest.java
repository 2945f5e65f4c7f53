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
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A card that was paid while payments was away and the hold ended: what was told of session and
 * customer meanwhile decides whether the booking comes back (domain.md, "Money"; reliability.md,
 * "Facts that outlive an event").
 */
@QuarkusTest
@TestProfile(QuickRecovery.class)
class LateCardTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Bookings bookings = Service.BOOKINGS;
  private final Books books = Service.books();
  private final OtherServices services = new OtherServices();
  private final Scene scene = Service.scene();
  private final Scene.Session session = scene.session();
  private final Customer customer = scene.customer();

  @AfterEach
  void reset() {
    QuickRecovery.openAll();
    Service.NEIGHBOURS.reset();
    books.query("DROP TRIGGER IF EXISTS no_facts ON bookings.deleted_customers");
  }

  private Map<String, String> row() {
    return books.bookingIn(session);
  }

  /** Booked by card; payments goes away; the customer pays; the hold ends. */
  private void paidWhilePaymentsIsAway(JsonObject order) {
    Answer created = bookings.create(customer, session, order).is("201");
    Service.NEIGHBOURS.deliverEvents(false);
    QuickRecovery.gate("payments").shut();
    Service.NEIGHBOURS.click(created.checkout(), "pay");
    books.query(
        "UPDATE bookings.bookings SET hold_expires_at = now() WHERE id = ?::uuid",
        created.text("id"));
    Awaitility.await().atMost(PATIENCE).until(() -> row().get("status").equals("CANCELLED"));
    assertThat(row().get("cancel_reason")).isEqualTo("hold-expired");
  }

  private static JsonObject byCard() {
    return new JsonObject().put("paymentMethod", "CARD");
  }

  private void paymentsIsBack(String states) {
    QuickRecovery.openAll();
    Awaitility.await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(row().get("status") + "/" + row().get("payment_state"))
                    .as(books.story(row().get("id")))
                    .isEqualTo(states));
    Awaitility.await()
        .atMost(PATIENCE)
        .untilAsserted(() -> books.agree(Service.NEIGHBOURS, scene.company));
  }

  private void moved(Instant start) {
    services.tell(
        "/catalog",
        "session.rescheduled",
        new JsonObject()
            .put("sessionId", session.id.toString())
            .put("startsAt", start.toString())
            .put("endsAt", start.plus(1, ChronoUnit.HOURS).toString()));
  }

  @Test
  void theSeatIsTakenAgain() {
    paidWhilePaymentsIsAway(byCard());
    paymentsIsBack("CONFIRMED/PAID");
  }

  private void deletedMeanwhile() {
    paidWhilePaymentsIsAway(byCard());
    services.tell(
        "/companies",
        "customer.deleted",
        new JsonObject().put("customerId", customer.id().toString()));
  }

  /** The row is purged once the money is back, and nobody has anything of it. */
  @Test
  void aDeletedCustomerDoesNotComeBack() {
    deletedMeanwhile();
    String id = row().get("id");
    QuickRecovery.openAll();
    Awaitility.await()
        .atMost(PATIENCE)
        .until(
            () ->
                books
                    .query("SELECT 1 FROM bookings.bookings WHERE session_id = ?", session.id)
                    .isEmpty());
    assertThat(
            books.query(
                "SELECT 1 FROM bookings.booking_status_history"
                    + " WHERE booking_id = ?::uuid AND to_status = 'CONFIRMED'",
                id))
        .isEmpty();
    // 25.00 went from the card to the wallet.
    assertThat(scene.wallet(customer)).isEqualByComparingTo("125.00");
  }

  /** A create that companies lets through, of a customer of whom it was told otherwise. */
  @Test
  void aDeletedCustomerBooksNothingHoweverLong() {
    services.tell(
        "/companies",
        "customer.deleted",
        new JsonObject().put("customerId", customer.id().toString()));
    bookings.create(customer, session, "WALLET").is("403 customer-banned");
    services
        .attendees(scene, session, java.util.List.of(customer.id()))
        .is("200")
        .body()
        .getJsonArray("items")
        .forEach(
            item -> assertThat(((JsonObject) item).getString("problem")).isEqualTo("not-found"));
    assertThat(books.query("SELECT 1 FROM bookings.bookings WHERE session_id = ?", session.id))
        .isEmpty();
    assertThat(scene.wallet(customer)).isEqualByComparingTo("100.00");
  }

  /** Negative control: where the fact is not kept, the deleted customer books. */
  @Test
  void withoutTheFactTheDeletedCustomerBooks() {
    books.query(
        """
        CREATE OR REPLACE FUNCTION bookings.no_facts() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RETURN NULL; END $$
        """);
    books.query(
        "CREATE TRIGGER no_facts BEFORE INSERT ON bookings.deleted_customers"
            + " FOR EACH ROW EXECUTE FUNCTION bookings.no_facts()");
    services.tell(
        "/companies",
        "customer.deleted",
        new JsonObject().put("customerId", customer.id().toString()));
    bookings.create(customer, session, "ON_SITE").is("201");
  }

  @Test
  void nobodyIsSeatedInASessionThatHasBegunMeanwhile() {
    paidWhilePaymentsIsAway(byCard());
    moved(Instant.now().truncatedTo(ChronoUnit.SECONDS).minusSeconds(60));
    paymentsIsBack("REFUNDED/REFUNDED");
  }

  @Test
  void whoIsSeatedAgainHasTheTimesThatTheSessionHasNow() {
    paidWhilePaymentsIsAway(byCard());
    Instant start = session.start.plus(3, ChronoUnit.DAYS);
    moved(start);
    paymentsIsBack("CONFIRMED/PAID");
    JsonObject times =
        bookings.get(customer, row().get("id")).is("200").body().getJsonObject("session");
    assertThat(times.getString("startsAt")).isEqualTo(start.toString());
    assertThat(bookings.get(customer, row().get("id")).body().getString("cancellationDeadline"))
        .isEqualTo(start.minus(1, ChronoUnit.DAYS).toString());
  }

  /** For a create: catalog still answers with the times from before. */
  @Test
  void aCreateHasTheTimesThatWereToldBefore() {
    Instant start = session.start.plus(2, ChronoUnit.DAYS);
    moved(start);
    Answer created = bookings.create(customer, session, "ON_SITE").is("201");
    assertThat(created.body().getJsonObject("session").getString("startsAt"))
        .isEqualTo(start.toString());
  }

  @Test
  void aSessionThatWasCalledOffIsNotSatIn() {
    paidWhilePaymentsIsAway(byCard());
    services.tell(
        "/catalog", "session.cancelled", new JsonObject().put("sessionId", session.id.toString()));
    paymentsIsBack("REFUNDED/REFUNDED");
  }

  /** The first of two checkouts is the one that was paid. */
  @Test
  void anOlderCheckoutThatWasPaidTakesTheSeatToo() {
    Answer first = bookings.create(customer, session, "CARD").is("201");
    String id = first.text("id");
    Service.NEIGHBOURS.deliverEvents(false);
    QuickRecovery.gate("payments").shut();
    Service.NEIGHBOURS.click(first.checkout(), "pay");
    bookings.pay(customer, id, "CARD").is("202");
    books.query("UPDATE bookings.bookings SET hold_expires_at = now() WHERE id = ?::uuid", id);
    Awaitility.await().atMost(PATIENCE).until(() -> row().get("status").equals("CANCELLED"));
    paymentsIsBack("CONFIRMED/PAID");
    assertThat(row().get("payment_id"))
        .isEqualTo(first.body().getJsonObject("payment").getString("id"));
  }

  /**
   * The use of the pass went with the hold; 0009-a-late-card-beside-a-pass-is-given-back.md,
   * "Decision".
   */
  @Test
  void whatAPassWasToAbsorbIsGivenBack() {
    scene.pass(customer, 1, null, 0);
    paidWhilePaymentsIsAway(
        new JsonObject()
            .put("paymentMethod", "PASS")
            .put("extrasPaymentMethod", "CARD")
            .put(
                "extras",
                new JsonArray().add(new JsonObject().put("extraId", session.towel.toString()))));
    paymentsIsBack("REFUNDED/REFUNDED");
  }
}
