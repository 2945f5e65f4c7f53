package app.bookings.faults;

import static org.assertj.core.api.Assertions.assertThat;

import app.bookings.settling.Step;
import app.bookings.testsupport.Bookings;
import app.bookings.testsupport.Bookings.Answer;
import app.bookings.testsupport.Books;
import app.bookings.testsupport.Gate.Silent;
import app.bookings.testsupport.GatedDatabase;
import app.bookings.testsupport.InjectedSteps;
import app.bookings.testsupport.QuickRecovery;
import app.bookings.testsupport.Scene;
import app.bookings.testsupport.Scene.Customer;
import app.bookings.testsupport.Service;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * reliability.md, "What an answer may claim": the database falls silent at each step of each
 * request. The answer claims no more than is true, the same request with the same key tells what
 * became of it, and once the database is back everything is settled.
 */
@QuarkusTest
@TestProfile(GatedDatabase.class)
class SilentDatabaseTest {

  private static final Duration PATIENCE = Duration.ofSeconds(40);

  enum Request {
    CREATE,
    PAY,
    CANCEL
  }

  enum Moment {
    WRITE_IS_SENT,
    WRITE_IS_DONE,
    BEFORE_CALL,
    AFTER_CALL,
    AFTER_NOTE
  }

  @Inject InjectedSteps steps;

  private final Bookings bookings = Service.BOOKINGS;
  private final Books books = Service.books();

  @AfterEach
  void reset() {
    steps.nobody();
    GatedDatabase.gate().endSilence();
    QuickRecovery.openAll();
    Service.NEIGHBOURS.reset();
  }

  static Stream<Arguments> all() {
    return Stream.of(Request.values())
        .flatMap(r -> Stream.of(Moment.values()).map(moment -> Arguments.of(r, moment)));
  }

  @ParameterizedTest
  @MethodSource("all")
  void anAnswerClaimsWhatIsTrue(Request request, Moment moment) {
    List<Subject> subjects =
        Stream.of(Method.WALLET, Method.PASS_AND_WALLET, Method.CARD)
            .map(method -> new Subject(request, method))
            .toList();
    silenceAt(moment, subjects);
    List<CompletableFuture<Answer>> answers = subjects.stream().map(Subject::send).toList();
    List<String> said = answers.stream().map(a -> a.join().outcome()).toList();
    boolean written = moment.compareTo(Moment.BEFORE_CALL) >= 0;
    for (int i = 0; i < subjects.size(); i++) {
      // What reached the step is the one that can't be denied; others may not have come so far.
      assertThat(said.get(i))
          .as("%s", answers.get(i).join().body())
          .isIn("200", "201", "202", "503 upstream-unavailable", "503 outcome-unknown");
    }
    if (written) {
      assertThat(said).anyMatch(outcome -> outcome.startsWith("20"));
    }
    // Nothing is let through until all have been answered: what was denied is not there.
    List<String> before = subjects.stream().map(Subject::states).toList();
    for (int i = 0; i < subjects.size(); i++) {
      if (said.get(i).equals("503 upstream-unavailable")) {
        assertThat(before.get(i)).isEqualTo(subjects.get(i).untouched);
      }
    }
    steps.nobody();
    GatedDatabase.gate().endSilence();
    subjects.forEach(Subject::isDoneInTheEnd);
  }

  private void silenceAt(Moment moment, List<Subject> subjects) {
    switch (moment) {
      case WRITE_IS_SENT ->
          GatedDatabase.gate().silentAt(subjects.get(0).word(), Silent.BEFORE, true);
      case WRITE_IS_DONE ->
          GatedDatabase.gate().silentAt(subjects.get(0).word(), Silent.AFTER, true);
      case BEFORE_CALL, AFTER_CALL, AFTER_NOTE -> {
        Step at = Step.valueOf(moment.name());
        List<UUID> customers = subjects.stream().map(s -> s.customer.id()).toList();
        steps.letIn(
            (step, booking, settlement) -> {
              if (step == at && customers.contains(booking.parties().customerId())) {
                GatedDatabase.gate().silence();
              }
              return Uni.createFrom().voidItem();
            });
      }
    }
  }

  /** One customer's request, and what it is about. */
  private final class Subject {
    private final Request request;
    private final Method method;
    private final Scene scene = Service.scene();
    private final Scene.Session session = scene.session();
    private final Customer customer = scene.customer();
    private final Map<String, String> key = Map.of("Idempotency-Key", UUID.randomUUID().toString());
    private final String untouched;

    Subject(Request request, Method method) {
      this.request = request;
      this.method = method;
      scene.pass(customer, 1, null, 0);
      switch (request) {
        case CREATE -> {}
        case PAY -> first(method.order(session.towel.toString()).put("paymentMethod", "ON_SITE"));
        case CANCEL -> {
          first(method.order(session.towel.toString()));
          click();
          Awaitility.await()
              .atMost(PATIENCE)
              .untilAsserted(() -> assertThat(states()).isEqualTo(method.settled()));
        }
      }
      untouched = states();
    }

    private void first(JsonObject body) {
      Awaitility.await()
          .atMost(PATIENCE)
          .until(() -> bookings.create(customer, session, body).status() < 300 || !id().isEmpty());
    }

    private String id() {
      return column("id");
    }

    private String states() {
      return column("status || '/' || payment_state");
    }

    private String column(String expression) {
      return books
          .query(
              "SELECT " + expression + " AS value FROM bookings.bookings WHERE session_id = ?",
              session.id)
          .stream()
          .map(row -> row.get("value"))
          .findFirst()
          .orElse("");
    }

    /** Said by the statement that writes what was asked for, and by no other before it. */
    String word() {
      return request == Request.CREATE ? session.id.toString() : id();
    }

    CompletableFuture<Answer> send() {
      return switch (request) {
        case CREATE ->
            bookings.sendAsync(
                "POST",
                session.path(),
                customer.token(),
                method.order(session.towel.toString()).encode(),
                key);
        case PAY ->
            bookings.sendAsync(
                "POST",
                Bookings.one(id()) + "/pay",
                customer.token(),
                method.payment().encode(),
                key);
        case CANCEL ->
            bookings.sendAsync("POST", Bookings.one(id()) + "/cancel", customer.token(), null, key);
      };
    }

    private void click() {
      if (method == Method.CARD) {
        String url =
            Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> bookings.get(customer, id()).checkout(), found -> found != null);
        Service.NEIGHBOURS.click(url, "pay");
      }
    }

    /** The same key tells, without an answer of 500, and the books agree. */
    void isDoneInTheEnd() {
      Answer told =
          Awaitility.await()
              .atMost(PATIENCE)
              .until(
                  () -> send().join(),
                  answer -> {
                    assertThat(answer.status()).as("%s", answer.body()).isNotEqualTo(500);
                    return answer.status() < 300;
                  });
      assertThat(told.text("id")).isEqualTo(id());
      if (request != Request.CANCEL) {
        click();
      }
      String expected = request == Request.CANCEL ? method.givenBack() : method.settled();
      Awaitility.await()
          .atMost(PATIENCE)
          .untilAsserted(() -> assertThat(states()).isEqualTo(expected));
      Awaitility.await()
          .atMost(PATIENCE)
          .untilAsserted(() -> books.agree(Service.NEIGHBOURS, scene.company));
      assertThat(books.query("SELECT 1 FROM bookings.bookings WHERE session_id = ?", session.id))
          .hasSize(1);
    }
  }
}
