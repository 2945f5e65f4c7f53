package app.bookings.faults;

import static org.assertj.core.api.Assertions.assertThat;

import app.bookings.sandbox.EmbeddedDatabase;
import app.bookings.testsupport.Bookings;
import app.bookings.testsupport.Bookings.Answer;
import app.bookings.testsupport.Books;
import app.bookings.testsupport.Gate.Silent;
import app.bookings.testsupport.GatedDatabase;
import app.bookings.testsupport.OtherServices;
import app.bookings.testsupport.QuickRecovery;
import app.bookings.testsupport.Scene;
import app.bookings.testsupport.Scene.Customer;
import app.bookings.testsupport.Service;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.json.JsonObject;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Where two rules meet: an answer that is lost and a look that fails, old replicas beside new ones,
 * facts and repeats, clocks of senders, deadlines over more than one statement.
 */
@QuarkusTest
@TestProfile(GatedAsInProduction.class)
@SuppressWarnings("try")
class CornersTest {

  private final Bookings bookings = Service.BOOKINGS;
  private final Books books = Service.books();
  private final OtherServices services = new OtherServices();
  private final Scene scene = Service.scene();

  @AfterEach
  void reset() {
    GatedDatabase.gate().endSilence();
    QuickRecovery.openAll();
    Service.NEIGHBOURS.reset();
  }

  /** A transaction beside the service, past the gate; rolled back when closed. */
  private static final class Beside implements AutoCloseable {
    private final Connection connection;

    Beside(String sql, Object... parameters) throws SQLException {
      Map<String, String> db = EmbeddedDatabase.settings();
      connection =
          DriverManager.getConnection(
              "jdbc:postgresql://%s:%s/%s"
                  .formatted(db.get("DB_HOST"), db.get("DB_PORT"), db.get("DB_NAME")),
              db.get("DB_USER"),
              db.get("DB_PASSWORD"));
      connection.setAutoCommit(false);
      try (var statement = connection.prepareStatement(sql)) {
        for (int i = 0; i < parameters.length; i++) {
          statement.setObject(i + 1, parameters[i]);
        }
        statement.execute();
      }
    }

    @Override
    public void close() throws SQLException {
      if (!connection.isClosed()) {
        connection.rollback();
        connection.close();
      }
    }
  }

  private List<Map<String, String>> rows(Scene.Session session, Customer customer) {
    return books.query(
        "SELECT * FROM bookings.bookings WHERE session_id = ? AND customer_id = ?",
        session.id,
        customer.id());
  }

  private static void until(java.util.concurrent.Callable<Boolean> condition) {
    Awaitility.await()
        .pollInterval(Duration.ofMillis(20))
        .atMost(Duration.ofSeconds(25))
        .until(condition);
  }

  private void noRepeats(JsonObject event) {
    assertThat(
            books.query(
                "UPDATE bookings.inbox SET repeat_at = NULL WHERE id = ? RETURNING id",
                event.getString("id")))
        .hasSize(1);
  }

  private static Instant inDays(int days) {
    return Instant.now().truncatedTo(ChronoUnit.SECONDS).plus(days, ChronoUnit.DAYS);
  }

  private static JsonObject times(Scene.Session session, Instant startsAt) {
    return new JsonObject()
        .put("sessionId", session.id.toString())
        .put("startsAt", startsAt.toString())
        .put("endsAt", startsAt.plusSeconds(3600).toString());
  }

  // --- 1: "nothing was written", of what is written

  /**
   * The commit's answer is lost with its connection; the statement is sent again and meets its own
   * work; the look at whose it is gets no answer.
   */
  @ParameterizedTest
  @ValueSource(strings = {"create", "pay", "cancel"})
  void whatIsWrittenIsNotDenied(String request) throws Exception {
    Scene.Session session = scene.session();
    Customer customer = scene.customer();
    bookings.create(scene.customer(), session, "ON_SITE").is("201");
    String id =
        request.equals("create")
            ? null
            : bookings.create(customer, session, "ON_SITE").is("201").text("id");
    long version = id == null ? 0 : Long.parseLong(rows(session, customer).get(0).get("version"));
    GatedDatabase.gate().silentAt(id == null ? session.id.toString() : id, Silent.AFTER, false);
    CompletableFuture<Answer> answer =
        switch (request) {
          case "create" -> bookings.createAsync(customer, session, "ON_SITE");
          case "pay" ->
              bookings.sendAsync(
                  "POST",
                  Bookings.one(id) + "/pay",
                  customer.token(),
                  "{\"paymentMethod\":\"WALLET\"}",
                  Map.of());
          default ->
              bookings.sendAsync(
                  "POST", Bookings.one(id) + "/cancel", customer.token(), null, Map.of());
        };
    until(
        () ->
            rows(session, customer).stream()
                .anyMatch(row -> id == null || Long.parseLong(row.get("version")) > version));
    try (Beside lock = new Beside("LOCK TABLE bookings.booking_extra IN ACCESS EXCLUSIVE MODE")) {
      GatedDatabase.gate().endSilence();
      Answer said = answer.join();
      System.out.println("CornersTest 1 " + request + ": " + said.outcome() + " " + said.body());
      System.out.println(
          "CornersTest 1 "
              + request
              + ": "
              + books.query(
                  "SELECT status, payment_state, version FROM bookings.bookings WHERE session_id = ? AND customer_id = ?",
                  session.id,
                  customer.id()));
      lock.close();
      Moment.in(request.equals("pay") ? 5_000 : 1);
      System.out.println(
          "CornersTest 1 " + request + ": wallet of 100.00 has " + scene.wallet(customer));
      assertThat(said.outcome()).isNotEqualTo("503 upstream-unavailable");
    }
  }

  /** An event's effect is written, and its note is not. */
  @Test
  void anEventsEffectIsNotDenied() throws Exception {
    Scene.Session session = scene.session();
    Customer customer = scene.customer();
    bookings.create(customer, session, "ON_SITE").is("201");
    JsonObject event =
        OtherServices.event(
            "/catalog",
            "session.cancelled",
            new JsonObject().put("sessionId", session.id.toString()));
    try (Beside lock =
        new Beside(
            "INSERT INTO bookings.inbox (source, id, type, received_at, happened_at)"
                + " VALUES ('/catalog', ?, 'session.cancelled', now(), now())",
            event.getString("id"))) {
      Answer said = services.tell(event);
      System.out.println(
          "CornersTest event: "
              + said.outcome()
              + " "
              + said.body()
              + " "
              + rows(session, customer).get(0).get("status"));
      assertThat(said.outcome()).isNotEqualTo("503 upstream-unavailable");
    }
  }

  // --- 2: facts that are looked at before they are there

  /** A create whose statement began before the customer was deleted, and committed afterwards. */
  @Test
  void noBookingOfADeletedCustomerStaysWithoutRepeats() throws Exception {
    Scene.Session session = scene.session();
    Customer customer = scene.customer();
    JsonObject event =
        OtherServices.event(
            "/companies",
            "customer.deleted",
            new JsonObject().put("customerId", customer.id().toString()));
    CompletableFuture<Answer> create = overtaken(session, customer, event, true);
    System.out.println("CornersTest 2a: create says " + create.join().outcome());
    Moment.in(8_000);
    System.out.println("CornersTest 2a: " + rows(session, customer));
    assertThat(rows(session, customer)).noneMatch(row -> row.get("status").equals("CONFIRMED"));
  }

  private Set<Long> startOf(Scene.Session session) {
    return books
        .query(
            "SELECT DISTINCT extract(epoch FROM starts_at)::bigint AS s FROM bookings.bookings"
                + " WHERE session_id = ? AND status = 'CONFIRMED'",
            session.id)
        .stream()
        .map(row -> Long.valueOf(row.get("s")))
        .collect(Collectors.toSet());
  }

  private CompletableFuture<Answer> overtaken(
      Scene.Session session, Customer customer, JsonObject event, boolean ends) throws Exception {
    String other = bookings.create(scene.customer(), session, "ON_SITE").is("201").text("id");
    CompletableFuture<Answer> create;
    try (Beside unsure =
        new Beside(
            """
            INSERT INTO bookings.bookings SELECT (jsonb_populate_record(b, jsonb_build_object(
              'id', gen_random_uuid(), 'customer_id', ?::text, 'status', 'CONFIRMED'))).*
            FROM bookings.bookings b WHERE id = ?::uuid
            """,
            customer.id().toString(),
            other)) {
      create = bookings.createAsync(customer, session, "ON_SITE");
      until(
          () ->
              !books
                  .query(
                      "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
                          + " AND query LIKE '%WITH bound AS%'")
                  .isEmpty());
      services.tell(event).is("204");
      noRepeats(event);
      if (ends) {
        until(
            () ->
                !books
                    .query(
                        "SELECT 1 FROM bookings.endings WHERE subject_id = ? AND ended_at IS NOT NULL",
                        customer.id())
                    .isEmpty());
      }
    }
    return create;
  }

  /** Two moves are told at once; the later one is true of every booking. */
  @Test
  void theLaterMoveIsTrueOfEveryBooking() throws Exception {
    Scene.Session session = scene.sessionOf(40);
    List<UUID> customers = Stream.generate(scene::customer).limit(30).map(Customer::id).toList();
    services.attendees(scene, session, customers).is("200");
    Instant early = inDays(9);
    Instant late = inDays(10);
    Instant now = Instant.now();
    JsonObject first =
        OtherServices.event("/catalog", "session.rescheduled", times(session, early))
            .put("time", now.minusSeconds(2).toString());
    JsonObject second =
        OtherServices.event("/catalog", "session.rescheduled", times(session, late))
            .put("time", now.minusSeconds(1).toString());
    CompletableFuture<Answer> a;
    CompletableFuture<Answer> b;
    try (Beside lock = new Beside("LOCK TABLE bookings.bookings IN ACCESS EXCLUSIVE MODE")) {
      a = CompletableFuture.supplyAsync(() -> services.tell(first));
      until(
          () ->
              !books
                  .query("SELECT 1 FROM bookings.session_times WHERE session_id = ?", session.id)
                  .isEmpty());
      b = CompletableFuture.supplyAsync(() -> services.tell(second));
      Moment.in(700);
    }
    a.join().is("204");
    b.join().is("204");
    noRepeats(first);
    noRepeats(second);
    Moment.in(3_000);
    System.out.println(
        "CornersTest 2c: "
            + books.query(
                "SELECT starts_at, count(*) FROM bookings.bookings WHERE session_id = ? GROUP BY 1",
                session.id));
    assertThat(startOf(session)).containsExactly(late.getEpochSecond());
  }

  /** What an old replica writes after V10: a refund that names no charge. */
  @Test
  void aRefundThatAnOldReplicaWroteIsNotMadeTwice() {
    Scene.Session session = scene.session();
    JsonObject created =
        bookings
            .post(
                null,
                session.path().replace("/client/", "/client/guest/"),
                new JsonObject()
                    .put("paymentMethod", "ON_SITE")
                    .put("email", UUID.randomUUID() + "@x.example"))
            .is("201")
            .body();
    String id = created.getJsonObject("booking").getString("id");
    Answer paid =
        bookings.send(
            "POST",
            "/api/client/guest/bookings/" + id + "/pay",
            null,
            "{\"paymentMethod\":\"CARD\"}",
            Map.of("Booking-Token", created.getString("bookingToken")));
    paid.is("200");
    Service.NEIGHBOURS.deliverEvents(false);
    Service.NEIGHBOURS.click(paid.body().getJsonObject("payment").getString("checkoutUrl"), "pay");
    services.post("bookings/" + id + "/settle-on-site", null).is("200");
    until(
        () ->
            !books
                .query(
                    "SELECT 1 FROM bookings.settlements WHERE occasion = 'GIVE_BACK'"
                        + " AND state = 'DONE' AND booking_id = ?::uuid",
                    id)
                .isEmpty());
    books.query("UPDATE bookings.settlements SET charges = NULL WHERE booking_id = ?::uuid", id);
    services.tell(
        "/catalog", "session.cancelled", new JsonObject().put("sessionId", session.id.toString()));
    until(
        () ->
            !books
                .query(
                    "SELECT 1 FROM bookings.bookings WHERE id = ?::uuid AND status <> 'CONFIRMED'",
                    id)
                .isEmpty());
    until(() -> !books.unfinished(id));
    String payment =
        books
            .query("SELECT payment_id FROM bookings.bookings WHERE id = ?::uuid", id)
            .get(0)
            .get("payment_id");
    long refunds =
        Service.NEIGHBOURS.ledger().getJsonArray("paymentRefunds").stream()
            .map(JsonObject.class::cast)
            .filter(refund -> payment.equals(refund.getString("paymentId")))
            .count();
    System.out.println("CornersTest 7: refunds of one payment of 25.00: " + refunds);
    assertThat(refunds).isEqualTo(1);
  }

  // --- 3: re-seated at the times of an older telling

  @Test
  void reseatedAtTheTimesThatCatalogSaidLater() throws Exception {
    Scene.Session session = scene.session();
    Customer customer = scene.customer();
    services.tell(
        OtherServices.event("/catalog", "session.rescheduled", times(session, inDays(8))));
    // An hour ago; the news of the next move never came, and catalog says it since.
    books.query(
        "UPDATE bookings.session_times SET told_at = told_at - interval '1 hour',"
            + " received_at = received_at - interval '1 hour' WHERE session_id = ?",
        session.id);
    books.query(
        "UPDATE bookings.inbox SET repeat_at = NULL WHERE data ->> 'sessionId' = ?",
        session.id.toString());
    Answer created = bookings.create(customer, session, "CARD").is("201");
    String before = rows(session, customer).get(0).get("starts_at");
    assertThat(Instant.parse(created.body().getJsonObject("session").getString("startsAt")))
        .isEqualTo(session.start);
    QuickRecovery.gate("payments").shut();
    books.query(
        "UPDATE bookings.bookings SET hold_expires_at = now() WHERE session_id = ?", session.id);
    until(() -> rows(session, customer).get(0).get("status").equals("CANCELLED"));
    Service.NEIGHBOURS.deliverEvents(false);
    Service.NEIGHBOURS.click(
        created.body().getJsonObject("payment").getString("checkoutUrl"), "pay");
    QuickRecovery.openAll();
    until(() -> !rows(session, customer).get(0).get("status").equals("CANCELLED"));
    Map<String, String> row = rows(session, customer).get(0);
    System.out.println(
        "CornersTest 3: " + row.get("status") + " " + before + " -> " + row.get("starts_at"));
    assertThat(row.get("starts_at")).isEqualTo(before);
  }

  // --- 4: a top-up of a sender whose clock is behind

  @Test
  void aTopUpOfASenderWhoseClockIsBehindIsAskedFor() throws Exception {
    Scene.Session session = scene.session();
    Customer customer = scene.customer(new JsonObject().put("walletBalance", "0.00"));
    services.attendees(scene, session, List.of(customer.id())).is("200");
    services.tell(
        "/catalog", "session.finished", new JsonObject().put("sessionId", session.id.toString()));
    until(() -> rows(session, customer).get(0).get("status").equals("PENDING_PAYMENT"));
    JsonObject data =
        new JsonObject().put("customerId", customer.id().toString()).put("currency", "EUR");
    JsonObject first =
        OtherServices.event("/wallet", "wallet.topped-up", data)
            .put("time", Instant.now().toString());
    services.tell(first).is("204");
    until(
        () ->
            !books
                .query(
                    "SELECT 1 FROM bookings.top_ups WHERE customer_id = ? AND due_at IS NULL",
                    customer.id())
                .isEmpty());
    noRepeats(first);
    Service.NEIGHBOURS.putCustomer(customer.id(), new JsonObject().put("walletBalance", "100.00"));
    services
        .tell(
            OtherServices.event("/wallet", "wallet.topped-up", data)
                .put("time", Instant.now().minusSeconds(3).toString()))
        .is("204");
    Moment.in(20_000);
    System.out.println(
        "CornersTest 4: "
            + rows(session, customer).get(0).get("status")
            + " wallet "
            + scene.wallet(customer));
    assertThat(rows(session, customer).get(0).get("status")).isEqualTo("CONFIRMED");
  }

  // --- 5: the deadline

  @Test
  void aGuestIsAnsweredByTheDeadline() throws Exception {
    Scene.Session session = scene.session();
    bookings.create(scene.customer(), session, "ON_SITE").is("201");
    long began = System.nanoTime();
    CompletableFuture<Answer> answer;
    try (Beside places = new Beside("LOCK TABLE bookings.seat_slots IN ACCESS EXCLUSIVE MODE")) {
      try (Beside limits = new Beside("LOCK TABLE bookings.rate_limits IN ACCESS EXCLUSIVE MODE")) {
        answer =
            bookings.sendAsync(
                "POST",
                session.path().replace("/client/", "/client/guest/"),
                null,
                new JsonObject()
                    .put("paymentMethod", "ON_SITE")
                    .put("email", UUID.randomUUID() + "@x.example")
                    .encode(),
                Map.of());
        Moment.in(3_500);
      }
      Answer said = answer.join();
      Duration took = Duration.ofNanos(System.nanoTime() - began);
      // It came while the lock is held.
      assertThat(said.status()).as("%s", said.body()).isEqualTo(503);
      System.out.println("CornersTest 5a: " + said.outcome() + " after " + took);
    }
  }

  @Test
  void staffAreAnsweredByTheDeadline() throws Exception {
    Scene.Session session = scene.session();
    String id = bookings.create(scene.customer(), session, "ON_SITE").is("201").text("id");
    long began = System.nanoTime();
    CompletableFuture<Answer> answer;
    try (Beside row =
        new Beside("SELECT 1 FROM bookings.bookings WHERE id = ?::uuid FOR UPDATE", id)) {
      try (Beside lock = new Beside("LOCK TABLE bookings.booking_extra IN ACCESS EXCLUSIVE MODE")) {
        answer =
            CompletableFuture.supplyAsync(
                () -> services.post("bookings/" + id + "/settle-on-site", null));
        Moment.in(3_500);
      }
      Answer said = answer.join();
      Duration took = Duration.ofNanos(System.nanoTime() - began);
      // It came while the lock is held.
      assertThat(said.status()).as("%s", said.body()).isEqualTo(503);
      System.out.println("CornersTest 5b: " + said.outcome() + " after " + took);
    }
  }

  // --- 6: smaller ones

  @Test
  void whoIsBannedIsToldSo() {
    Scene.Session session = scene.sessionOf(1);
    bookings.create(scene.customer(), session, "ON_SITE").is("201");
    Customer customer = scene.customer();
    bookings.create(customer, session, "ON_SITE").is("409 session-full");
    Service.NEIGHBOURS.putCustomer(customer.id(), new JsonObject().put("status", "BANNED"));
    String quote =
        bookings
            .post(
                customer.token(),
                session.path() + "/quote",
                new JsonObject().put("paymentMethod", "ON_SITE"))
            .is("200")
            .text("problem");
    Answer create = bookings.create(customer, session, "ON_SITE");
    System.out.println("CornersTest 6a: quote " + quote + ", create " + create.outcome());
    assertThat(create.slug()).isEqualTo(quote);
  }

  // --- 8: 500, of what the fault model has

  @Test
  void aMoveThatCannotBeWrittenNowIsNoDefect() throws Exception {
    Scene.Session session = scene.session();
    String id = bookings.create(scene.customer(), session, "ON_SITE").is("201").text("id");
    try (Beside row =
        new Beside("SELECT 1 FROM bookings.bookings WHERE id = ?::uuid FOR UPDATE", id)) {
      Answer said =
          services.tell(
              OtherServices.event("/catalog", "session.rescheduled", times(session, inDays(9))));
      System.out.println("CornersTest 8: " + said.outcome() + " " + said.body());
      assertThat(said.status()).isNotEqualTo(500);
    }
  }

  /** The statement of the release before V10, which goes on running beside the new one. */
  @Test
  void anOldReplicaCanNoteTimes() {
    books.query(
        "INSERT INTO bookings.session_times AS t (session_id, starts_at, ends_at, told_at)"
            + " VALUES (gen_random_uuid(), now(), now(), now())"
            + " ON CONFLICT (session_id) DO UPDATE SET starts_at = EXCLUDED.starts_at,"
            + " ends_at = EXCLUDED.ends_at, told_at = EXCLUDED.told_at"
            + " WHERE EXCLUDED.told_at >= t.told_at");
  }

  // --- 9: paid in time, and given up

  @Test
  void whoPaysInTimeKeepsThePlace() throws Exception {
    Scene.Session session = scene.sessionOf(1);
    Customer customer = scene.customer();
    Customer rival = scene.customer();
    Answer created = bookings.create(customer, session, "CARD").is("201");
    Service.NEIGHBOURS.deliverEvents(false);
    String id = created.text("id");
    books.query(
        "WITH b AS (UPDATE bookings.bookings SET hold_expires_at = now() + interval '6 seconds'"
            + " WHERE id = ?::uuid RETURNING id, hold_expires_at) UPDATE bookings.settlements s"
            + " SET created_at = now() - interval '30 seconds', expires_at = b.hold_expires_at,"
            + " due_at = now() FROM b WHERE s.booking_id = b.id",
        id);
    until(
        () ->
            !books
                .query(
                    "SELECT 1 FROM bookings.settlements WHERE booking_id = ?::uuid AND tries > 1"
                        + " AND updated_at > expires_at - interval '6 seconds'",
                    id)
                .isEmpty());
    Service.NEIGHBOURS.click(
        created.body().getJsonObject("payment").getString("checkoutUrl"), "pay");
    System.out.println(
        "CornersTest 9: paid with "
            + books.query(
                "SELECT hold_expires_at - now() AS left FROM bookings.bookings WHERE id = ?::uuid",
                id)
            + " left");
    String said = "";
    Instant end = Instant.now().plusSeconds(12);
    while (Instant.now().isBefore(end)
        && !said.equals("201")
        && rows(session, customer).get(0).get("status").matches("PENDING|CANCELLED")) {
      said = bookings.create(rival, session, "ON_SITE").outcome();
    }
    Moment.in(3_000);
    System.out.println(
        "CornersTest 9: rival "
            + said
            + ", who paid in time: "
            + rows(session, customer).get(0).get("status")
            + "/"
            + rows(session, customer).get(0).get("payment_state")
            + " "
            + books.query(
                "SELECT cause FROM bookings.booking_status_history WHERE booking_id = ?::uuid ORDER BY at",
                id));
    assertThat(
            books.query(
                "SELECT cause FROM bookings.booking_status_history WHERE booking_id = ?::uuid"
                    + " AND cause = 'hold-expired'",
                id))
        .isEmpty();
  }

  // --- 10: two events of one second

  @Test
  void theFirstOfTwoEventsOfOneSecondIsNotBroughtBackByItsRepeat() throws Exception {
    Scene.Session session = scene.sessionOf(1);
    Customer customer = scene.customer();
    bookings.create(customer, session, "ON_SITE").is("201");
    String time = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    Instant late = inDays(10);
    JsonObject one = new JsonObject().put("sessionId", session.id.toString()).put("capacity", 1);
    services.tell(
        OtherServices.event("/catalog", "session.capacity-changed", one).put("time", time));
    services.tell(
        OtherServices.event("/catalog", "session.rescheduled", times(session, inDays(9)))
            .put("time", time));
    Moment.in(1_000);
    services.tell(
        OtherServices.event("/catalog", "session.capacity-changed", one.copy().put("capacity", 2))
            .put("time", time));
    services.tell(
        OtherServices.event("/catalog", "session.rescheduled", times(session, late))
            .put("time", time));
    List<String> seen = new java.util.ArrayList<>();
    Instant end = Instant.now().plusSeconds(20);
    while (Instant.now().isBefore(end)) {
      String now =
          books
                  .query(
                      "SELECT capacity FROM bookings.session_seats WHERE session_id = ?",
                      session.id)
                  .get(0)
                  .get("capacity")
              + " "
              + startOf(session).contains(late.getEpochSecond());
      if (seen.isEmpty() || !seen.get(seen.size() - 1).equals(now)) {
        seen.add(now);
      }
      Moment.in(50);
    }
    System.out.println("CornersTest 10: capacity, and whether the later times: " + seen);
    assertThat(seen).containsExactly("2 true");
  }

  // --- 11: finished, and moved to the future afterwards

  @Test
  void nobodyIsBilledBeforeASessionThatWasMoved() throws Exception {
    Scene.Session session = scene.session();
    Customer customer = scene.customer();
    services.tell(
        OtherServices.event(
                "/catalog",
                "session.finished",
                new JsonObject().put("sessionId", session.id.toString()))
            .put("time", Instant.now().minusSeconds(60).toString()));
    services.tell(
        OtherServices.event("/catalog", "session.rescheduled", times(session, inDays(9))));
    services.attendees(scene, session, List.of(customer.id())).is("200");
    Moment.in(2_000);
    System.out.println(
        "CornersTest 11: "
            + rows(session, customer).get(0).get("payment_state")
            + " of a session that starts "
            + rows(session, customer).get(0).get("starts_at"));
    assertThat(rows(session, customer).get(0).get("payment_state")).isEqualTo("UNPAID");
  }

  // --- 12: clients that hang up while statements time out

  @Test
  void connectionsComeBack() throws Exception {
    Scene.Session session = scene.session();
    Customer customer = scene.customer();
    String id = bookings.create(customer, session, "ON_SITE").is("201").text("id");
    try (Beside lock = new Beside("LOCK TABLE bookings.bookings IN ACCESS EXCLUSIVE MODE")) {
      for (int i = 0; i < 60; i++) {
        String path = i % 2 == 0 ? Bookings.one(id) : session.path();
        CompletableFuture<Answer> one =
            bookings.sendAsync(
                i % 2 == 0 ? "GET" : "POST",
                path,
                customer.token(),
                i % 2 == 0 ? null : "{\"paymentMethod\":\"WALLET\"}",
                Map.of());
        Moment.in(30);
        one.cancel(true);
      }
      Moment.in(6_000);
    }
    Moment.in(1_000);
    long began = System.nanoTime();
    List<CompletableFuture<Answer>> all =
        Stream.generate(
                () -> bookings.sendAsync("GET", Bookings.one(id), customer.token(), null, Map.of()))
            .limit(40)
            .toList();
    assertThat(all).allMatch(answer -> answer.join().status() == 200);
    System.out.println(
        "CornersTest 12: 40 reads after "
            + Duration.ofNanos(System.nanoTime() - began)
            + ", "
            + books.query(
                "SELECT state, count(*) FROM pg_stat_activity WHERE datname = current_database() GROUP BY 1"));
  }

  // --- 13: cancelled by the customer after the hold ran out

  @Test
  void whoCancelledAfterTheHoldRanOutIsNotSeatedAgain() throws Exception {
    Scene.Session session = scene.session();
    Customer customer = scene.customer();
    Answer created = bookings.create(customer, session, "CARD").is("201");
    Service.NEIGHBOURS.deliverEvents(false);
    QuickRecovery.gate("payments").shut();
    Service.NEIGHBOURS.click(
        created.body().getJsonObject("payment").getString("checkoutUrl"), "pay");
    books.query(
        "UPDATE bookings.bookings SET hold_expires_at = now() WHERE session_id = ?", session.id);
    until(() -> rows(session, customer).get(0).get("status").equals("CANCELLED"));
    Answer cancelled = bookings.cancel(customer, created.text("id"));
    QuickRecovery.openAll();
    until(() -> !rows(session, customer).get(0).get("status").equals("CANCELLED"));
    System.out.println(
        "CornersTest 13: cancel said "
            + cancelled.outcome()
            + " "
            + cancelled.text("status")
            + ", then "
            + rows(session, customer).get(0).get("status")
            + "/"
            + rows(session, customer).get(0).get("payment_state"));
    assertThat(rows(session, customer).get(0).get("status")).isEqualTo("REFUNDED");
  }

  // --- 14: a key that the release before V10 bound to a booking that never came to be

  @Test
  void aKeyThatAnOldReplicaBoundToNothingIsTriedAgain() {
    Scene.Session session = scene.session();
    Customer customer = scene.customer();
    String key = UUID.randomUUID().toString();
    String body = new JsonObject().put("paymentMethod", "ON_SITE").encode();
    Map<String, String> header = Map.of("Idempotency-Key", key);
    Scene.Session none = scene.session();
    // Taken with the right hash, then as the old replica left it.
    String path = session.path();
    bookings.send("POST", path, customer.token(), body, header).is("201");
    books.query("DELETE FROM bookings.bookings WHERE session_id = ?", session.id);
    books.query(
        "UPDATE bookings.idempotency_keys SET status = NULL, headers = NULL, body = NULL,"
            + " attempt = NULL, leased_until = now() - interval '1 minute' WHERE key = ?",
        key);
    Answer again = bookings.send("POST", path, customer.token(), body, header);
    System.out.println("CornersTest 14: " + again.outcome() + " " + none.id);
    assertThat(again.status()).isEqualTo(201);
  }

  // --- 15: staff, whose change took effect and is denied as invalid
}
