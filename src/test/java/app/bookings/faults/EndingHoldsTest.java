package app.bookings.faults;

import static org.assertj.core.api.Assertions.assertThat;

import app.bookings.testsupport.Bookings;
import app.bookings.testsupport.Bookings.Answer;
import app.bookings.testsupport.Books;
import app.bookings.testsupport.QuickRecovery;
import app.bookings.testsupport.Scene;
import app.bookings.testsupport.Service;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** reliability.md, "Invariants", 9, with many holds that end together. */
@QuarkusTest
@TestProfile(QuickRecovery.class)
class EndingHoldsTest {

  private static final int HOLDS = 1000;
  private static final int AT_ONCE = 50;

  private final Bookings bookings = Service.BOOKINGS;
  private final Books books = Service.books();
  private final Scene scene = Service.scene();
  private final Scene.Session session = scene.session(new JsonObject().putNull("capacity"));

  @AfterEach
  void reset() {
    Service.NEIGHBOURS.reset();
  }

  private int pending() {
    return books
        .query(
            "SELECT 1 FROM bookings.bookings WHERE session_id = ? AND status = 'PENDING'",
            session.id)
        .size();
  }

  /**
   * None waits for the answers about the others: payments gives none at all until they are over.
   */
  @Test
  void aThousandHoldsThatEndTogetherAreGivenUpWhilePaymentsIsSilent() {
    for (int created = 0; created < HOLDS; created += AT_ONCE) {
      List<CompletableFuture<Answer>> batch = new ArrayList<>();
      for (int i = 0; i < AT_ONCE; i++) {
        batch.add(bookings.createAsync(scene.customer(), session, "CARD"));
      }
      batch.forEach(answer -> assertThat(answer.join().status()).isIn(201, 202));
    }
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () ->
                books
                    .query(
                        "SELECT 1 FROM bookings.settlements s JOIN bookings.bookings b"
                            + " ON b.id = s.booking_id"
                            + " WHERE b.session_id = ? AND s.state = 'AWAITING'",
                        session.id)
                    .size(),
            awaiting -> awaiting == HOLDS);
    Service.NEIGHBOURS.fault(
        new JsonObject()
            .put("neighbour", "payments")
            .put("path", "/api/internal/payments/")
            .put("kind", "DELAY_BEFORE")
            .put("delayMillis", 60_000));
    books.query(
        "UPDATE bookings.bookings SET hold_expires_at = now() WHERE session_id = ?"
            + " AND status = 'PENDING'",
        session.id);
    Awaitility.await().atMost(Duration.ofSeconds(40)).until(() -> pending() == 0);
    System.out.println(
        "EndingHoldsTest: "
            + HOLDS
            + " holds were given up within "
            + books.query(
                "SELECT max(cancelled_at) - min(cancelled_at) AS spread,"
                    + " count(*) AS given_up FROM bookings.bookings WHERE session_id = ?",
                session.id));
    Service.NEIGHBOURS.reset();
    Awaitility.await()
        .atMost(Duration.ofMinutes(2))
        .untilAsserted(() -> books.agree(Service.NEIGHBOURS, scene.company));
  }
}
