package app.bookings;

import static org.assertj.core.api.Assertions.assertThat;

import app.bookings.testsupport.Bookings;
import app.bookings.testsupport.Bookings.Answer;
import app.bookings.testsupport.Scene;
import app.bookings.testsupport.Scene.Customer;
import app.bookings.testsupport.Service;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** api.md, "Idempotency-Key". */
@QuarkusTest
class IdempotencyTest {

  private static final String WALLET = "{\"paymentMethod\":\"WALLET\"}";

  private final Bookings bookings = Service.BOOKINGS;
  private final Scene scene = Service.scene();
  private final String key = UUID.randomUUID().toString();

  @AfterEach
  void reset() {
    Service.NEIGHBOURS.reset();
  }

  private Answer post(Customer customer, String path, String body, String header) {
    return bookings.send("POST", path, customer.token(), body, Map.of("Idempotency-Key", header));
  }

  private static void same(Answer one, Answer other) {
    assertThat(other.status()).isEqualTo(one.status());
    assertThat(other.http().body()).isEqualTo(one.http().body());
    assertThat(other.header("Location")).isEqualTo(one.header("Location"));
    assertThat(other.header("Content-Type")).isEqualTo(one.header("Content-Type"));
  }

  @Test
  void theSameRequestGetsTheSameAnswer() {
    Scene.Session session = scene.session();
    Customer customer = scene.customer();
    Answer first = post(customer, session.path(), WALLET, key).is("201");
    same(first, post(customer, session.path(), WALLET, key));
    same(first, post(customer, session.path(), WALLET, '"' + key + '"'));
    same(first, post(customer, session.path(), "{ \"paymentMethod\" : \"WALLET\" }", key));
    assertThat(scene.wallet(customer)).isEqualByComparingTo("75.00");
    bookings.cancel(customer, first.text("id")).is("200");
    same(first, post(customer, session.path(), WALLET, key));
  }

  @Test
  void refusalsAreKeptToo() {
    Scene.Session session = scene.sessionOf(0);
    Customer customer = scene.customer();
    Answer full = post(customer, session.path(), WALLET, key).is("409 session-full");
    scene.neighbours.putSession(session.id, new JsonObject().put("capacity", 5));
    same(full, post(customer, session.path(), WALLET, key));

    Customer poor = scene.customer(new JsonObject().put("walletBalance", "0.00"));
    Answer declined = post(poor, scene.session().path(), WALLET, key).is("402 payment-declined");
    assertThat(declined.text("bookingId")).isNotNull();
  }

  /** Neither refusals nor answers that changed nothing fill the table. */
  @Test
  void ofAnswersThatWroteNothingTheNewestAreKept() {
    Customer customer = scene.customer();
    String id = bookings.create(customer, scene.session(), "ON_SITE").is("201").text("id");
    bookings.cancel(customer, id).is("200");
    String gone = Bookings.one(UUID.randomUUID().toString()) + "/cancel";
    Answer newest = null;
    String newestKey = null;
    for (int i = 0; i < 130; i++) {
      post(customer, gone, "{}", UUID.randomUUID().toString()).is("404 booking-not-found");
      newestKey = UUID.randomUUID().toString();
      newest = post(customer, Bookings.one(id) + "/cancel", "{}", newestKey).is("200");
    }
    int kept =
        Service.books()
            .query(
                "SELECT 1 FROM bookings.idempotency_keys WHERE caller = ?",
                "user:" + customer.userId())
            .size();
    assertThat(kept).isBetween(99, 101);
    same(newest, post(customer, Bookings.one(id) + "/cancel", "{}", newestKey));
  }

  @Test
  void anotherRequestWithTheKeyIsRefused() {
    Scene.Session session = scene.session();
    Customer customer = scene.customer();
    Answer first = post(customer, session.path(), WALLET, key).is("201");
    post(customer, session.path(), "{\"paymentMethod\":\"BONUS\"}", key)
        .is("422 idempotency-key-reused");
    post(customer, scene.session().path(), WALLET, key).is("422 idempotency-key-reused");
    post(customer, Bookings.one(first.text("id")) + "/cancel", null, key)
        .is("422 idempotency-key-reused");
  }

  @Test
  void aKeyIsItsCallersOwn() {
    Scene.Session session = scene.session();
    String one = post(scene.customer(), session.path(), WALLET, key).is("201").text("id");
    String other = post(scene.customer(), session.path(), WALLET, key).is("201").text("id");
    assertThat(other).isNotEqualTo(one);
  }

  @Test
  void anAnswerThatMayChangeIsNotKept() {
    Scene.Session session = scene.session();
    Customer customer = scene.customer();
    Service.NEIGHBOURS.fault(
        new JsonObject().put("neighbour", "companies").put("kind", "ERROR_BEFORE"));
    post(customer, session.path(), WALLET, key).is("503 upstream-unavailable");
    Service.NEIGHBOURS.reset();
    post(customer, session.path(), WALLET, key).is("201");
  }

  @Test
  void inParallelOneIsCarriedOut() {
    Scene.Session session = scene.session();
    Customer customer = scene.customer();
    List<CompletableFuture<Answer>> begun =
        IntStream.range(0, 10)
            .mapToObj(
                i ->
                    bookings.sendAsync(
                        "POST",
                        session.path(),
                        customer.token(),
                        WALLET,
                        Map.of("Idempotency-Key", key)))
            .toList();
    List<Answer> answers = begun.stream().map(CompletableFuture::join).toList();
    assertThat(answers).extracting(Answer::outcome).isSubsetOf("201", "409 request-in-progress");
    assertThat(answers.stream().filter(a -> a.status() == 201).map(a -> a.text("id")).distinct())
        .hasSize(1);
    assertThat(scene.wallet(customer)).isEqualByComparingTo("75.00");
  }

  @Test
  void payAndCancelTakeAKeyToo() {
    Customer customer = scene.customer();
    String id = bookings.create(customer, scene.session(), "ON_SITE").is("201").text("id");
    Answer paid = post(customer, Bookings.one(id) + "/pay", WALLET, key).is("200");
    same(paid, post(customer, Bookings.one(id) + "/pay", WALLET, key));
    String other = UUID.randomUUID().toString();
    Answer cancelled = post(customer, Bookings.one(id) + "/cancel", null, other).is("200");
    same(cancelled, post(customer, Bookings.one(id) + "/cancel", null, other));
    assertThat(scene.wallet(customer)).isEqualByComparingTo("100.00");
  }

  /** As if the process had died between the commit and the answer. */
  private static void diedBeforeItAnswered(Scene.Session session) {
    Service.books()
        .query(
            "UPDATE bookings.idempotency_keys SET status = NULL, headers = NULL, body = NULL,"
                + " leased_until = now() - interval '1 second' WHERE request_hash IN"
                + " (SELECT k.request_hash FROM bookings.idempotency_keys k"
                + " WHERE k.body LIKE '%' || ? || '%')",
            session.id.toString());
  }

  @Test
  void whatWroteIsToldAgainAfterACrash() {
    Scene.Session session = scene.session();
    Customer customer = scene.customer();
    Answer first = post(customer, session.path(), WALLET, key).is("201");
    diedBeforeItAnswered(session);
    assertThat(post(customer, session.path(), WALLET, key).is("201").text("id"))
        .isEqualTo(first.text("id"));
    assertThat(scene.wallet(customer)).isEqualByComparingTo("75.00");
  }

  /** Negative control: a key that what writes does not bind knows nothing of what was written. */
  @Test
  void withoutTheBindingTheSameRequestIsRefused() {
    Service.books()
        .query(
            """
            CREATE OR REPLACE FUNCTION bookings.no_binding() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN NEW.booking_id := NULL; RETURN NEW; END $$
            """);
    Service.books()
        .query(
            "CREATE TRIGGER no_binding BEFORE UPDATE ON bookings.idempotency_keys"
                + " FOR EACH ROW EXECUTE FUNCTION bookings.no_binding()");
    try {
      Scene.Session session = scene.session();
      Customer customer = scene.customer();
      post(customer, session.path(), WALLET, key).is("201");
      diedBeforeItAnswered(session);
      post(customer, session.path(), WALLET, key).is("409 already-booked");
    } finally {
      Service.books().query("DROP TRIGGER no_binding ON bookings.idempotency_keys");
    }
  }

  @Test
  void aMalformedKeyIs400() {
    Customer customer = scene.customer();
    for (String malformed : List.of("x".repeat(256), "\"\"", "a\"b")) {
      post(customer, scene.session().path(), WALLET, malformed).is("400 validation-error");
    }
  }

  @Test
  void quoteChecksTheFormOfTheKeyAndStoresNothing() {
    Scene.Session session = scene.session();
    Customer customer = scene.customer();
    String quote = session.path() + "/quote";
    for (String malformed : List.of("x".repeat(256), "\"\"", "a\"b", "")) {
      post(customer, quote, WALLET, malformed).is("400 validation-error");
      post(customer, session.path(), WALLET, malformed).is("400 validation-error");
    }
    post(customer, quote, WALLET, key).is("200");
    post(customer, quote, "{\"paymentMethod\":\"BONUS\"}", key).is("200");
    post(customer, session.path(), WALLET, key).is("201");
  }
}
