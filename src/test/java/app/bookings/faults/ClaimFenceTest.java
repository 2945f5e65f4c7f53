package app.bookings.faults;

import static org.assertj.core.api.Assertions.assertThat;

import app.bookings.settlement.SettlementKind;
import app.bookings.settling.Step;
import app.bookings.testsupport.Bookings;
import app.bookings.testsupport.Bookings.Answer;
import app.bookings.testsupport.Books;
import app.bookings.testsupport.InjectedSteps;
import app.bookings.testsupport.OtherServices;
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
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Who lost the claim of a settlement still reports what a neighbour said, and no more: a request's
 * lease has ended, a worker has claimed the debit, and both ask the wallet, which refuses the one
 * and takes the money for the other.
 */
@QuarkusTest
@TestProfile(QuickRecovery.class)
class ClaimFenceTest {

  @Inject InjectedSteps steps;

  private final Bookings bookings = Service.BOOKINGS;
  private final Books books = Service.books();
  private final Scene scene = Service.scene();
  private final Scene.Session session = scene.session();
  private final Customer customer = scene.customer(new JsonObject().put("walletBalance", "0.00"));

  /** The worker may go on: the request has noted that it was refused. */
  private final CompletableFuture<Void> noted = new CompletableFuture<>();

  /** The request may go on: the worker has claimed. */
  private final CompletableFuture<Void> claimed = new CompletableFuture<>();

  @AfterEach
  void reset() {
    steps.nobody();
    Service.NEIGHBOURS.reset();
    books.query("DROP TRIGGER IF EXISTS no_fence ON bookings.settlements");
    books.query("DROP TRIGGER IF EXISTS no_fence ON bookings.bookings");
  }

  /**
   * The refused answer of the first debit is held back until a worker has claimed the debit; the
   * worker's own debit is held back until the refusal is noted and money is there.
   *
   * @param dies whether the worker dies once the money has moved
   */
  private Answer refusedFirstMovedSecond(boolean dies) {
    AtomicInteger calls = new AtomicInteger();
    AtomicInteger answers = new AtomicInteger();
    AtomicInteger notes = new AtomicInteger();
    steps.letIn(
        (step, booking, settlement) -> {
          boolean debit =
              booking.parties().customerId().equals(customer.id())
                  && settlement.kind() == SettlementKind.WALLET_DEBIT;
          if (!debit) {
            return Uni.createFrom().voidItem();
          }
          if (step == Step.BEFORE_CALL && calls.getAndIncrement() == 1) {
            claimed.complete(null);
            return Uni.createFrom().completionStage(noted);
          }
          if (step == Step.AFTER_CALL) {
            int nth = answers.getAndIncrement();
            if (nth == 0) {
              books.query(
                  "UPDATE bookings.settlements SET due_at = now() WHERE id = ?", settlement.id());
              return Uni.createFrom().completionStage(claimed);
            }
            return dies && nth == 1 ? steps.crash() : Uni.createFrom().voidItem();
          }
          if (step == Step.AFTER_NOTE && notes.getAndIncrement() == 0) {
            return Uni.createFrom().completionStage(CompletableFuture.runAsync(this::topUp));
          }
          return Uni.createFrom().voidItem();
        });
    return bookings.create(customer, session, "WALLET");
  }

  /** Not on the event loop of the step: the wallet may be answering on the very same. */
  private void topUp() {
    Service.NEIGHBOURS.putCustomer(customer.id(), new JsonObject().put("walletBalance", "100.00"));
    noted.complete(null);
  }

  private List<String> disagreements() {
    return books.disagreements(Service.NEIGHBOURS.ledger(), scene.company::equals);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aRefusalOfWhoLostTheClaimIsNews(boolean workerDies) {
    Answer answer = refusedFirstMovedSecond(workerDies);
    assertThat(answer.outcome()).isIn("402 payment-declined", "202");
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(disagreements()).isEmpty());
    assertThat(scene.wallet(customer)).isEqualByComparingTo("100.00");
    assertThat(books.query("SELECT status FROM bookings.bookings WHERE session_id = ?", session.id))
        .containsExactly(Map.of("status", "CANCELLED"));
  }

  /** Staff write the booking while its debit is under way: that is no claim of the debit. */
  @Test
  void whoWritesSomethingElseDoesNotCarryOnWhatAnotherHolds() {
    Scene.Session soon =
        scene.session(new JsonObject().put("startsAt", Instant.now().plusSeconds(3600).toString()));
    String id = bookings.create(customer, soon, "ON_SITE").is("201").text("id");
    AtomicInteger calls = new AtomicInteger();
    steps.letIn(
        (step, booking, settlement) ->
            step == Step.BEFORE_CALL
                    && booking.parties().customerId().equals(customer.id())
                    && calls.incrementAndGet() == 1
                ? Uni.createFrom().completionStage(noted)
                : Uni.createFrom().voidItem());
    CompletableFuture<Answer> paying =
        CompletableFuture.supplyAsync(() -> bookings.pay(customer, id, "WALLET"));
    Awaitility.await().until(() -> calls.get() == 1);
    new OtherServices()
        .post(
            "bookings/" + id + "/check-in",
            new JsonObject()
                .put("companyId", scene.company.toString())
                .put("verifierUserId", UUID.randomUUID().toString()))
        .is("200");
    noted.complete(null);
    paying.join().is("402 payment-declined");
    assertThat(calls.get()).isEqualTo(1);
  }

  /** Negative control: a claim that changes nothing that writers are guarded by loses the money. */
  @Test
  void withoutTheFenceTheMoneyIsKept() {
    books.query(
        """
        CREATE OR REPLACE FUNCTION bookings.no_fence() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF TG_TABLE_NAME = 'settlements' THEN
            NEW.tries := OLD.tries;
          ELSIF NEW.updated_at = OLD.updated_at THEN
            NEW.version := OLD.version;
          END IF;
          RETURN NEW;
        END $$
        """);
    for (String table : List.of("settlements", "bookings")) {
      books.query(
          "CREATE TRIGGER no_fence BEFORE UPDATE ON bookings."
              + table
              + " FOR EACH ROW EXECUTE FUNCTION bookings.no_fence()");
    }
    refusedFirstMovedSecond(true).is("402 payment-declined");
    Awaitility.await().until(() -> steps.crashes() > 0);
    // Nobody looks at it any more, and 25.00 are gone.
    Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(() -> assertThat(scene.wallet(customer)).isEqualByComparingTo("75.00"));
    assertThat(disagreements()).anyMatch(wrong -> wrong.startsWith("money"));
    assertThat(
            books.query(
                "SELECT 1 FROM bookings.settlements s JOIN bookings.bookings b"
                    + " ON b.id = s.booking_id WHERE b.session_id = ? AND s.due_at IS NOT NULL",
                session.id))
        .isEmpty();
  }
}
