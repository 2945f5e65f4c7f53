package app.bookings.faults;

import static org.assertj.core.api.Assertions.assertThat;

import app.bookings.testsupport.Bookings;
import app.bookings.testsupport.Bookings.Answer;
import app.bookings.testsupport.OtherServices;
import app.bookings.testsupport.QuickRecovery;
import app.bookings.testsupport.Scene;
import app.bookings.testsupport.Scene.Customer;
import app.bookings.testsupport.Service;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** reliability.md, "How": a session with hundreds of paid bookings is called off, then deleted. */
@QuarkusTest
@TestProfile(QuickRecovery.class)
class CalledOffTest {

  private static final int BOOKED = 500;
  private static final int AT_ONCE = 20;

  private final Bookings bookings = Service.BOOKINGS;
  private final OtherServices services = new OtherServices();
  private final Scene scene = Service.scene();

  @AfterEach
  void reset() {
    QuickRecovery.openAll();
    Service.NEIGHBOURS.reset();
  }

  private long count(Scene.Session session, String condition) {
    return Service.books()
        .query(
            "SELECT 1 FROM bookings.bookings b WHERE session_id = ? AND " + condition, session.id)
        .size();
  }

  @Test
  void fiveHundredAreGivenBackThoughTheWalletIsDown() {
    Scene.Session session = scene.sessionOf(BOOKED);
    List<Customer> customers = new ArrayList<>();
    while (customers.size() < BOOKED) {
      List<CompletableFuture<Answer>> begun = new ArrayList<>();
      for (int i = 0; i < AT_ONCE; i++) {
        customers.add(scene.customer());
        begun.add(bookings.createAsync(customers.get(customers.size() - 1), session, "WALLET"));
      }
      begun.forEach(answer -> assertThat(answer.join().status()).isIn(201, 202));
    }
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> count(session, "status = 'CONFIRMED'") == BOOKED);

    QuickRecovery.gate("wallet").shut();
    Instant shut = Instant.now();
    JsonObject about = new JsonObject().put("sessionId", session.id.toString());
    JsonObject event = OtherServices.event("/catalog", "session.cancelled", about);
    services.tell(event).is("204");
    services.tell(event).is("204");
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> count(session, "status = 'CANCELLED'") == BOOKED);
    // All have been asked for in vain, and for a whole minute, before the wallet comes back.
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () ->
                count(
                        session,
                        "EXISTS (SELECT 1 FROM bookings.settlements s WHERE s.booking_id = b.id"
                            + " AND s.kind = 'REFUND_REQUEST' AND s.last_error IS NOT NULL)")
                    == BOOKED);
    Awaitility.await()
        .atMost(Duration.ofSeconds(70))
        .until(() -> Instant.now().isAfter(shut.plusSeconds(60)));
    assertThat(count(session, "payment_state = 'REFUND_PENDING'")).isEqualTo(BOOKED);
    QuickRecovery.gate("wallet").open();
    Awaitility.await()
        .atMost(Duration.ofMinutes(2))
        .until(() -> count(session, "status = 'REFUNDED'") == BOOKED);
    Service.books().agree(Service.NEIGHBOURS, scene.company);
    for (Customer customer : customers) {
      assertThat(scene.wallet(customer)).isEqualByComparingTo("100.00");
    }

    services.tell("/catalog", "session.deleted", about);
    JsonObject expanded =
        services
            .post(
                "sessions/expand",
                new JsonObject()
                    .put(
                        "sessionIds", new io.vertx.core.json.JsonArray().add(session.id.toString()))
                    .put("includeBookings", true)
                    .put("includeEnded", true))
            .is("200")
            .body();
    assertThat(expanded.getJsonArray("items").getJsonObject(0).getJsonArray("bookings")).isEmpty();
    Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> count(session, "true") == 0);
    assertThat(
            Service.books()
                .query(
                    "SELECT 1 FROM bookings.outbox WHERE payload ->> 'sessionId' = ?"
                        + " AND type = 'booking.refunded'",
                    session.id.toString()))
        .hasSize(BOOKED);
  }
}
