package app.bookings.faults;

import static org.assertj.core.api.Assertions.assertThat;

import app.bookings.testsupport.Bookings;
import app.bookings.testsupport.Bookings.Answer;
import app.bookings.testsupport.Processes;
import app.bookings.testsupport.Scene;
import app.bookings.testsupport.Scene.Customer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * An Idempotency-Key tells what its request did, whenever the process died (reliability.md, "What
 * an answer may claim"): create, pay and cancel, killed at each step and sent again.
 */
class KeysAfterKillIT {

  private static final Duration PATIENCE = Duration.ofSeconds(40);

  enum Killed {
    WHILE_THE_WRITE_WAITS,
    BEFORE_THE_NEIGHBOUR_DOES_IT,
    BEFORE_THE_ANSWER_COMES
  }

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
                "BOOKINGS_REQUEST_DEADLINE", "PT4S",
                "BOOKINGS_SETTLEMENT_LEASE", "PT2S"));
    scene = new Scene(processes.neighbours());
    processes.start(0);
  }

  @AfterEach
  void stop() throws IOException {
    processes.close();
  }

  private Bookings bookings() {
    return processes.bookings(0);
  }

  private Connection connection() throws SQLException {
    Map<String, String> database = processes.database();
    Connection connection =
        DriverManager.getConnection(
            "jdbc:postgresql://localhost:" + database.get("DB_PORT") + "/postgres",
            database.get("DB_USER"),
            database.get("DB_PASSWORD"));
    connection.setAutoCommit(false);
    return connection;
  }

  private static void run(Connection connection, String sql, UUID id) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setObject(1, id);
      statement.execute();
    }
  }

  /** A request with a key, sent again until it has a definite answer. */
  private final class Request {
    private final Customer customer;
    private final String path;
    private final String body;
    private final Map<String, String> key = Map.of("Idempotency-Key", UUID.randomUUID().toString());

    Request(Customer customer, String path, String body) {
      this.customer = customer;
      this.path = path;
      this.body = body;
    }

    CompletableFuture<Answer> send() {
      return bookings().sendAsync("POST", path, customer.token(), body, key);
    }

    Answer definite() {
      return Awaitility.await()
          .atMost(PATIENCE)
          .until(
              () -> send().join(),
              answer -> {
                assertThat(answer.status()).as("%s", answer.body()).isNotEqualTo(500);
                return answer.status() != 503 && !answer.slug().equals("request-in-progress");
              });
    }

    /** The same answer from now on. */
    Answer told() {
      Answer answer = definite();
      Answer again = send().join();
      assertThat(again.status()).isEqualTo(answer.status());
      assertThat(again.http().body()).isEqualTo(answer.http().body());
      return answer;
    }
  }

  private void killed(List<CompletableFuture<Answer>> running) {
    processes.kill(0);
    running.forEach(answer -> assertThat(answer.handle((got, died) -> died).join()).isNotNull());
  }

  private void waiting(int statements) {
    Awaitility.await()
        .pollInterval(Duration.ofMillis(20))
        .atMost(PATIENCE)
        .until(
            () ->
                processes
                        .books()
                        .query(
                            "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
                                + " AND state = 'active'")
                        .size()
                    >= statements);
  }

  private void becomes(Customer customer, String id, String states) {
    bookings().becomes(customer, id, states);
  }

  /** The create is the first of its session: its places are counted while it waits. */
  @ParameterizedTest
  @EnumSource(Killed.class)
  void theSameKeyTellsWhatWasDone(Killed killed) throws SQLException {
    Scene.Session session = scene.session();
    Customer creates = scene.customer();
    Customer pays = scene.customer();
    Customer cancels = scene.customer();
    String unpaid = bookings().create(pays, scene.session(), "ON_SITE").is("201").text("id");
    String paid = bookings().create(cancels, scene.session(), "WALLET").is("201").text("id");
    Request create = new Request(creates, session.path(), "{\"paymentMethod\":\"WALLET\"}");
    Request pay =
        new Request(pays, Bookings.one(unpaid) + "/pay", "{\"paymentMethod\":\"WALLET\"}");
    Request cancel = new Request(cancels, Bookings.one(paid) + "/cancel", null);
    List<Request> requests = List.of(create, pay, cancel);

    try (Connection holder = connection()) {
      switch (killed) {
        case WHILE_THE_WRITE_WAITS -> {
          run(
              holder,
              "INSERT INTO bookings.session_seats (session_id, capacity_at)"
                  + " VALUES (?, to_timestamp(0))",
              session.id);
          for (String id : List.of(unpaid, paid)) {
            run(
                holder,
                "SELECT 1 FROM bookings.bookings WHERE id = ? FOR UPDATE",
                UUID.fromString(id));
          }
        }
        case BEFORE_THE_NEIGHBOUR_DOES_IT -> slowWallet("DELAY_BEFORE");
        case BEFORE_THE_ANSWER_COMES -> slowWallet("DELAY_AFTER");
      }
      List<CompletableFuture<Answer>> running = requests.stream().map(Request::send).toList();
      if (killed == Killed.WHILE_THE_WRITE_WAITS) {
        waiting(3);
      } else {
        Awaitility.await()
            .pollInterval(Duration.ofMillis(50))
            .atMost(PATIENCE)
            .until(() -> processes.neighbours().ledger().getLong("faults") >= 3);
      }
      killed(running);
      holder.rollback();
    }
    processes.neighbours().reset();
    processes.start(0);

    Answer created = create.told();
    assertThat(created.status()).isIn(201, 202);
    String id = created.text("id");
    assertThat(pay.told().text("id")).isEqualTo(unpaid);
    assertThat(cancel.told().text("id")).isEqualTo(paid);
    becomes(creates, id, "CONFIRMED/PAID");
    becomes(pays, unpaid, "CONFIRMED/PAID");
    becomes(cancels, paid, "REFUNDED/REFUNDED");
    assertThat(
            processes
                .books()
                .query("SELECT 1 FROM bookings.bookings WHERE session_id = ?", session.id))
        .hasSize(1);
    Awaitility.await()
        .atMost(PATIENCE)
        .untilAsserted(() -> processes.books().agree(processes.neighbours(), scene.company));
  }

  private void slowWallet(String kind) {
    processes
        .neighbours()
        .fault(
            new JsonObject().put("neighbour", "wallet").put("kind", kind).put("delayMillis", 1800));
  }

  /** Beaten by another version, and killed before the second try. */
  @Test
  void whatWasBeatenAndNeverDoneIsDoneByTheSameKey() throws SQLException {
    Customer customer = scene.customer();
    String id = bookings().create(customer, scene.session(), "WALLET").is("201").text("id");
    Request cancel = new Request(customer, Bookings.one(id) + "/cancel", null);
    try (Connection first = connection();
        Connection second = connection()) {
      run(
          first,
          "UPDATE bookings.bookings SET version = version + 1 WHERE id = ?",
          UUID.fromString(id));
      CompletableFuture<Answer> running = cancel.send();
      waiting(1);
      // Queued behind the cancel: it has the row once the cancel was beaten.
      CompletableFuture<Void> queued =
          CompletableFuture.runAsync(
              () -> {
                try {
                  run(
                      second,
                      "SELECT 1 FROM bookings.bookings WHERE id = ? FOR UPDATE",
                      UUID.fromString(id));
                } catch (SQLException failure) {
                  throw new IllegalStateException(failure);
                }
              });
      waiting(2);
      first.commit();
      queued.join();
      waiting(1);
      killed(List.of(running));
      second.rollback();
    }
    processes.start(0);
    assertThat(cancel.told().status()).isIn(200, 202);
    becomes(customer, id, "REFUNDED/REFUNDED");
  }

  /** What a key is bound to was purged meanwhile. */
  @Test
  void aKeyWhoseBookingWasPurgedIs404() {
    Customer customer = scene.customer();
    Request create =
        new Request(customer, scene.session().path(), "{\"paymentMethod\":\"ON_SITE\"}");
    String id = create.told().is("201").text("id");
    // As if the process had died before it kept the answer.
    processes
        .books()
        .query(
            "UPDATE bookings.idempotency_keys SET status = NULL, headers = NULL, body = NULL,"
                + " leased_until = now() WHERE booking_id = ?::uuid",
            id);
    new app.bookings.testsupport.OtherServices(bookings(), processes.neighbours())
        .tell(
            "/companies",
            "customer.deleted",
            new JsonObject().put("customerId", customer.id().toString()));
    Awaitility.await()
        .atMost(PATIENCE)
        .until(
            () ->
                processes
                    .books()
                    .query("SELECT 1 FROM bookings.bookings WHERE id = ?::uuid", id)
                    .isEmpty());
    create.told().is("404 booking-not-found");
    new Request(customer, Bookings.one(id) + "/pay", "{\"paymentMethod\":\"WALLET\"}")
        .told()
        .is("404 booking-not-found");
    new Request(customer, Bookings.one(id) + "/cancel", null).told().is("404 booking-not-found");
  }
}
