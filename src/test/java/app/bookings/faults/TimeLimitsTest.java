package app.bookings.faults;

import static org.assertj.core.api.Assertions.assertThat;

import app.bookings.sandbox.EmbeddedDatabase;
import app.bookings.testsupport.Bookings;
import app.bookings.testsupport.Bookings.Answer;
import app.bookings.testsupport.GatedDatabase;
import app.bookings.testsupport.Scene;
import app.bookings.testsupport.Scene.Customer;
import app.bookings.testsupport.Service;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * reliability.md, "Time limits". That an answer comes while the cause goes on is the proof: nobody
 * waits for the end of it.
 */
@QuarkusTest
@TestProfile(GatedDatabase.class)
class TimeLimitsTest {

  private final Bookings bookings = Service.BOOKINGS;
  private final Scene scene = Service.scene();
  private final Scene.Session session = scene.session();
  private final Customer customer = scene.customer();

  @AfterEach
  void reset() {
    GatedDatabase.gate().endSilence();
    GatedDatabase.gate().open();
    Awaitility.await().atMost(Duration.ofSeconds(30)).until(bookings::ready);
  }

  private static Connection connection() throws SQLException {
    Map<String, String> database = EmbeddedDatabase.settings();
    return DriverManager.getConnection(
        "jdbc:postgresql://localhost:" + database.get("DB_PORT") + "/" + database.get("DB_NAME"),
        database.get("DB_USER"),
        database.get("DB_PASSWORD"));
  }

  /** Connections are there and nothing comes through them; new ones are served. */
  @Test
  void readsAreAnsweredAlthoughAllConnectionsHaveGoneSilent() {
    String id = bookings.create(customer, session, "ON_SITE").is("201").text("id");
    // As many connections as there may be.
    List<CompletableFuture<Answer>> reads =
        IntStream.range(0, 40)
            .mapToObj(
                i -> bookings.sendAsync("GET", Bookings.one(id), customer.token(), null, Map.of()))
            .toList();
    reads.forEach(read -> read.join().is("200"));
    GatedDatabase.gate().hush();
    for (int round = 0; round < 3; round++) {
      Answer answer = bookings.get(customer, id);
      assertThat(answer.outcome()).isIn("200", "503 upstream-unavailable");
    }
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> bookings.get(customer, id).is("200"));
  }

  /** The probe's own time ends before the silence does. */
  @Test
  void readinessSaysThatTheDatabaseIsSilentAndLivenessThatTheProcessIsWell() {
    Awaitility.await().atMost(Duration.ofSeconds(30)).until(bookings::ready);
    GatedDatabase.gate().silence();
    Answer ready = bookings.get((String) null, "/q/health/ready");
    assertThat(ready.status()).as("%s", ready.body()).isEqualTo(503);
    bookings.get((String) null, "/q/health/live").is("200");
    GatedDatabase.gate().speak();
    Awaitility.await().atMost(Duration.ofSeconds(30)).until(bookings::ready);
  }

  /** Whoever holds the row of the session holds up nobody beyond the deadline. */
  @Test
  void aCancelIsAnsweredWhileAnotherTransactionHoldsTheSession() throws SQLException {
    String id = bookings.create(customer, session, "ON_SITE").is("201").text("id");
    try (Connection holder = connection()) {
      holder.setAutoCommit(false);
      try (PreparedStatement lock =
          holder.prepareStatement(
              "SELECT 1 FROM bookings.session_seats WHERE session_id = ? FOR UPDATE")) {
        lock.setObject(1, session.id);
        lock.executeQuery();
      }
      Answer answer = bookings.cancel(customer, id);
      assertThat(answer.outcome()).isEqualTo("503 upstream-unavailable");
      bookings.get(customer, id).is("200").booking("CONFIRMED/UNPAID");
      holder.rollback();
    }
    bookings.cancel(customer, id).is("200").booking("CANCELLED/UNPAID");
  }

  /** "Retries exhausted" while PostgreSQL restarts. */
  @Test
  void noBrokenConnectionIsA500() {
    String id = bookings.create(customer, session, "ON_SITE").is("201").text("id");
    for (int round = 0; round < 5; round++) {
      List<CompletableFuture<Answer>> requests =
          IntStream.range(0, 20)
              .mapToObj(
                  i ->
                      i % 2 == 0
                          ? bookings.sendAsync(
                              "GET", Bookings.one(id), customer.token(), null, Map.of())
                          : bookings.createAsync(scene.customer(), session, "ON_SITE"))
              .toList();
      Service.books()
          .query(
              "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                  + " WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'"
                  + " AND query LIKE '%bookings.%'");
      requests.forEach(
          r -> assertThat(r.join().status()).as("%s", r.join().body()).isNotEqualTo(500));
    }
    GatedDatabase.gate().shut();
    assertThat(bookings.get(customer, id).outcome()).isEqualTo("503 upstream-unavailable");
    assertThat(bookings.cancel(customer, id).outcome()).isEqualTo("503 upstream-unavailable");
    GatedDatabase.gate().open();
    bookings.becomes(customer, id, "CONFIRMED/UNPAID");
  }
}
