package app.bookings.http.internal;

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
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** domain.md, "Inbound events", wallet.topped-up; billing that nobody holds up. */
@QuarkusTest
@TestProfile(QuickRecovery.class)
class DebtsTest {

  private static final Duration PATIENCE = Duration.ofSeconds(45);

  private final Bookings bookings = Service.BOOKINGS;
  private final Books books = Service.books();
  private final OtherServices services = new OtherServices();
  private final Scene scene = Service.scene();
  private final Customer customer = scene.customer(new JsonObject().put("walletBalance", "0.00"));

  @AfterEach
  void reset() {
    QuickRecovery.openAll();
    Service.NEIGHBOURS.reset();
  }

  private String debt(Scene.Session session) {
    services.attendees(scene, session, List.of(customer.id())).is("200");
    services.tell(
        "/catalog", "session.finished", new JsonObject().put("sessionId", session.id.toString()));
    Awaitility.await().atMost(PATIENCE).until(() -> status(session).equals("PENDING_PAYMENT"));
    return books
        .query("SELECT id FROM bookings.bookings WHERE session_id = ?", session.id)
        .get(0)
        .get("id");
  }

  private String status(Scene.Session session) {
    return books
        .query("SELECT status FROM bookings.bookings WHERE session_id = ?", session.id)
        .stream()
        .map(row -> row.get("status"))
        .findFirst()
        .orElse("");
  }

  private JsonObject toppedUp(String balance) {
    Service.NEIGHBOURS.putCustomer(customer.id(), new JsonObject().put("walletBalance", balance));
    return OtherServices.event(
        "/wallet",
        "wallet.topped-up",
        new JsonObject().put("customerId", customer.id().toString()).put("currency", "EUR"));
  }

  /** In many rounds: whichever delivery is the quickest. */
  @Test
  void theOldestDebtIsPaidHoweverOftenTheTopUpIsToldAtOnce() {
    for (int round = 0; round < 5; round++) {
      Scene.Session older = scene.session();
      Scene.Session younger = scene.session();
      debt(older);
      debt(younger);
      JsonObject event = toppedUp("25.00");
      List<CompletableFuture<Answer>> told =
          IntStream.range(0, 5)
              .mapToObj(i -> CompletableFuture.supplyAsync(() -> services.tell(event)))
              .toList();
      told.forEach(answer -> answer.join().is("204"));
      Awaitility.await().atMost(PATIENCE).until(() -> status(older).equals("CONFIRMED"));
      assertThat(status(younger)).isEqualTo("PENDING_PAYMENT");
      services.tell(toppedUp("25.00")).is("204");
      Awaitility.await().atMost(PATIENCE).until(() -> status(younger).equals("CONFIRMED"));
    }
    Awaitility.await()
        .atMost(PATIENCE)
        .untilAsserted(() -> books.agree(Service.NEIGHBOURS, scene.company));
  }

  /** The money came while the customer was about to pay by card, and then did not. */
  @Test
  void aDebtWhoseCheckoutComesToNothingIsAskedForAgain() {
    Scene.Session session = scene.session();
    String id = debt(session);
    bookings.pay(customer, id, "CARD").is("200");
    services.tell(toppedUp("25.00")).is("204");
    // The repeats of the event come later than this test ends.
    books.query(
        "UPDATE bookings.inbox SET repeat_at = NULL WHERE data ->> 'customerId' = ?",
        customer.id().toString());
    assertThat(status(session)).isEqualTo("PENDING_PAYMENT");
    books.query(
        "UPDATE bookings.settlements SET expires_at = now(), due_at = now()"
            + " WHERE booking_id = ?::uuid AND state = 'AWAITING'",
        id);
    Awaitility.await().atMost(PATIENCE).until(() -> status(session).equals("CONFIRMED"));
    assertThat(scene.wallet(customer)).isEqualByComparingTo("0.00");
    Awaitility.await()
        .atMost(PATIENCE)
        .untilAsserted(() -> books.agree(Service.NEIGHBOURS, scene.company));
  }

  /** More than a batch of attendees whose passes can't be asked for. */
  @Test
  void attendeesThatCantBeBilledHoldUpNobody() {
    Scene.Session session = scene.session(new JsonObject().putNull("capacity"));
    List<Customer> unlucky = IntStream.range(0, 110).mapToObj(i -> scene.customer()).toList();
    unlucky.forEach(
        one ->
            Service.NEIGHBOURS.fault(
                new JsonObject()
                    .put("neighbour", "passes")
                    .put("path", "/customers/" + one.id() + "/coverage")
                    .put("kind", "ERROR_BEFORE")
                    .put("status", 403)));
    services.attendees(scene, session, unlucky.stream().map(Customer::id).toList()).is("200");
    List<Customer> lucky = IntStream.range(0, 5).mapToObj(i -> scene.customer()).toList();
    services.attendees(scene, session, lucky.stream().map(Customer::id).toList()).is("200");
    services.tell(
        "/catalog", "session.finished", new JsonObject().put("sessionId", session.id.toString()));
    Awaitility.await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(lucky.stream().map(scene::wallet))
                    .allSatisfy(wallet -> assertThat(wallet).isEqualByComparingTo("75.00")));
    assertThat(
            books
                .query(
                    "SELECT count(*) AS unbilled FROM bookings.bookings"
                        + " WHERE session_id = ? AND payment_method IS NULL",
                    session.id)
                .get(0)
                .get("unbilled"))
        .isEqualTo("110");
    Service.NEIGHBOURS.reset();
    Awaitility.await()
        .atMost(Duration.ofMinutes(2))
        .untilAsserted(
            () ->
                assertThat(
                        books.query(
                            "SELECT 1 FROM bookings.bookings WHERE session_id = ?"
                                + " AND payment_method IS NULL",
                            session.id))
                    .isEmpty());
  }
}
