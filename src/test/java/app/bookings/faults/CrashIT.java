package app.bookings.faults;

import static org.assertj.core.api.Assertions.assertThat;

import app.bookings.testsupport.Bookings.Answer;
import app.bookings.testsupport.Processes;
import app.bookings.testsupport.Scene;
import app.bookings.testsupport.Scene.Customer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One blow at a time, at the moment where it hurts most, against the packaged service. */
class CrashIT {

  private static final String WALLET = "{\"paymentMethod\":\"WALLET\"}";

  private Processes processes;
  private Scene scene;

  @BeforeEach
  void start() {
    processes = new Processes(1);
    processes
        .settings()
        .putAll(
            Map.of(
                "BOOKINGS_RECOVERY_INTERVAL", "PT0.5S",
                "BOOKINGS_REQUEST_DEADLINE", "PT2S",
                "BOOKINGS_SETTLEMENT_LEASE", "PT2S"));
    scene = new Scene(processes.neighbours());
  }

  @AfterEach
  void stop() throws IOException {
    processes.close();
  }

  private void slowWallet(int millis) {
    processes
        .neighbours()
        .fault(
            new JsonObject()
                .put("neighbour", "wallet")
                .put("kind", "DELAY_AFTER")
                .put("delayMillis", millis));
  }

  private void becomes(Customer customer, String id, String states) {
    processes.bookings(0).becomes(customer, id, states);
  }

  private String onlyBooking(Scene.Session session) {
    Awaitility.await().until(() -> !bookingsOf(session).isEmpty());
    assertThat(bookingsOf(session)).hasSize(1);
    return bookingsOf(session).get(0).get("id");
  }

  private java.util.List<Map<String, String>> bookingsOf(Scene.Session session) {
    return processes
        .books()
        .query("SELECT id FROM bookings.bookings WHERE session_id = ?", session.id);
  }

  @Test
  void theSameKeyAfterACrashGivesTheSameBooking() {
    processes.start(0);
    Scene.Session session = scene.session();
    Customer customer = scene.customer();
    slowWallet(1500);
    Map<String, String> key = Map.of("Idempotency-Key", UUID.randomUUID().toString());
    CompletableFuture<Answer> first =
        processes.bookings(0).sendAsync("POST", session.path(), customer.token(), WALLET, key);
    String id = onlyBooking(session);
    processes.kill(0);
    assertThat(first.handle((answer, died) -> died).join()).isNotNull();

    processes.neighbours().reset();
    processes.start(0);
    Answer again =
        Awaitility.await()
            .atMost(Duration.ofSeconds(20))
            .until(
                () ->
                    processes
                        .bookings(0)
                        .send("POST", session.path(), customer.token(), WALLET, key),
                answer -> !answer.slug().equals("request-in-progress"));
    assertThat(again.text("id")).isEqualTo(id);
    assertThat(again.status()).isIn(201, 202);
    Answer third =
        processes.bookings(0).send("POST", session.path(), customer.token(), WALLET, key);
    assertThat(third.status()).isEqualTo(again.status());
    assertThat(third.http().body()).isEqualTo(again.http().body());
    becomes(customer, id, "CONFIRMED/PAID");
    assertThat(scene.wallet(customer)).isEqualByComparingTo("75.00");
    assertThat(bookingsOf(session)).hasSize(1);
  }

  @Test
  void aClientThatHangsUpDoesNotStopWhatWasBegun() throws IOException {
    processes.start(0);
    Scene.Session session = scene.session();
    Customer customer = scene.customer();
    slowWallet(700);
    URI address = URI.create(processes.url(0));
    try (Socket socket = new Socket(address.getHost(), address.getPort())) {
      String request =
          """
          POST %s HTTP/1.1\r
          Host: localhost\r
          Authorization: Bearer %s\r
          Content-Type: application/json\r
          Content-Length: %d\r
          \r
          %s"""
              .formatted(session.path(), customer.token(), WALLET.length(), WALLET);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      socket.getOutputStream().flush();
      onlyBooking(session);
    }
    becomes(customer, onlyBooking(session), "CONFIRMED/PAID");
    assertThat(scene.wallet(customer)).isEqualByComparingTo("75.00");
  }

  @Test
  void onSigtermWhatRunsIsFinishedAndTheProcessEnds() {
    processes.start(0);
    Scene.Session session = scene.session();
    Customer customer = scene.customer();
    slowWallet(1000);
    CompletableFuture<Answer> running =
        processes.bookings(0).sendAsync("POST", session.path(), customer.token(), WALLET, Map.of());
    onlyBooking(session);
    Instant asked = Instant.now();
    int exitCode = processes.stop(0);
    assertThat(exitCode).isIn(0, 143);
    assertThat(Duration.between(asked, Instant.now())).isLessThan(Duration.ofSeconds(25));
    // Finished, or on a slow machine handed over: whoever starts next finishes it.
    Answer answer = running.join();
    assertThat(answer.outcome()).isIn("201", "202");
    processes.start(0);
    becomes(customer, answer.text("id"), "CONFIRMED/PAID");
    assertThat(scene.wallet(customer)).isEqualByComparingTo("75.00");
  }

  @Test
  void aHoldOfTwoSecondsExpiresAndNothingIsTaken() {
    processes.settings().put("BOOKINGS_HOLD_DURATION", "PT2S");
    processes.start(0);
    Scene.Session session = scene.sessionOf(1);
    Customer customer = scene.customer();
    Answer held = processes.bookings(0).create(customer, session, "CARD").is("201");
    processes.bookings(0).create(scene.customer(), session, "ON_SITE").is("409 session-full");
    becomes(customer, held.text("id"), "CANCELLED/UNPAID");
    Answer expired = processes.bookings(0).get(customer, held.text("id"));
    assertThat(expired.text("cancelReason")).isEqualTo("hold-expired");
    Duration late =
        Duration.between(
            Instant.parse(held.text("holdExpiresAt")), Instant.parse(expired.text("cancelledAt")));
    System.out.println("CrashIT: a hold was given up " + late.toMillis() + " ms after its end");
    processes.bookings(0).create(scene.customer(), session, "ON_SITE").is("201");
    Awaitility.await()
        .untilAsserted(() -> processes.books().agree(processes.neighbours(), scene.company));
  }

  @Test
  void withoutItsDatabaseItSaysSoAndComesBack() {
    processes.start(0);
    Scene.Session session = scene.session();
    processes.stopDatabase();
    try {
      Answer refused = processes.bookings(0).create(scene.customer(), session, "ON_SITE");
      assertThat(refused.outcome()).isEqualTo("503 upstream-unavailable");
      assertThat(refused.text("upstream")).isEqualTo("database");
    } catch (CompletionException unanswered) {
      throw new AssertionError(unanswered);
    } finally {
      processes.startDatabase();
    }
    processes.bookings(0).create(scene.customer(), session, "ON_SITE").is("201");
  }
}
