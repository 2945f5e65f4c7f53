package app.bookings.faults;

import static org.assertj.core.api.Assertions.assertThat;

import app.bookings.booking.Booking;
import app.bookings.settlement.SettlementKind;
import app.bookings.settling.Step;
import app.bookings.testsupport.Bookings;
import app.bookings.testsupport.Bookings.Answer;
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
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * CONTRIBUTING.md, "Tests": rivals let in at each step. One winner each time, and the money is
 * exact.
 */
@QuarkusTest
@TestProfile(QuickRecovery.class)
class DuelsTest {

  private static final int ROUNDS = 20;

  /** Rivals have threads of their own: the event loop waits for nobody. */
  private static final ExecutorService RIVALS = Executors.newCachedThreadPool();

  @Inject InjectedSteps steps;

  private final Bookings bookings = Service.BOOKINGS;
  private final OtherServices services = new OtherServices();
  private final Scene scene = Service.scene();

  @AfterEach
  void reset() {
    steps.nobody();
    QuickRecovery.openAll();
    Service.NEIGHBOURS.reset();
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> Service.books().agree(Service.NEIGHBOURS, scene.company));
  }

  /**
   * Lets a rival in once, at this step of this kind of movement of this customer's, and waits for
   * it to be through. Recovery asks for bookings of other tests meanwhile; they have no rival.
   */
  private void rival(
      Customer customer, Step where, SettlementKind of, Function<Booking, Runnable> rival) {
    AtomicBoolean once = new AtomicBoolean();
    steps.letIn(
        (step, booking, settlement) ->
            step == where
                    && settlement.kind() == of
                    && booking.parties().customerId().equals(customer.id())
                    && once.compareAndSet(false, true)
                ? Uni.createFrom()
                    .completionStage(CompletableFuture.runAsync(rival.apply(booking), RIVALS))
                : Uni.createFrom().voidItem());
  }

  private CompletableFuture<Answer> cancel(Customer customer, String id) {
    return bookings.sendAsync(
        "POST", Bookings.one(id) + "/cancel", customer.token(), null, Map.of());
  }

  private CompletableFuture<Answer> event(String type, JsonObject data) {
    return event(UUID.randomUUID().toString(), type, data);
  }

  private CompletableFuture<Answer> event(String id, String type, JsonObject data) {
    return services.tellAsync(OtherServices.event("/payments", type, data).put("id", id));
  }

  private static JsonObject payment(Answer booking) {
    return new JsonObject()
        .put("paymentId", booking.body().getJsonObject("payment").getString("id"))
        .put("sourceId", booking.text("id"));
  }

  private void expire(String id) {
    Service.books()
        .query(
            "UPDATE bookings.bookings SET hold_expires_at = now()"
                + " WHERE id = ?::uuid AND status = 'PENDING'",
            id);
  }

  private String ends(Customer customer, String id, String... states) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(state(customer, id)).isIn((Object[]) states));
    Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> !Service.books().unfinished(id));
    return state(customer, id);
  }

  private String state(Customer customer, String id) {
    JsonObject body = bookings.get(customer, id).body();
    return body.getString("status") + "/" + body.getString("paymentState");
  }

  @ParameterizedTest
  @EnumSource(Step.class)
  void cancelAgainstDebit(Step step) {
    for (int round = 0; round < ROUNDS; round++) {
      Customer customer = scene.customer();
      Scene.Session session = scene.session();
      rival(
          customer,
          step,
          SettlementKind.WALLET_DEBIT,
          booking ->
              () ->
                  assertThat(cancel(customer, booking.id().toString()).join().status())
                      .isIn(200, 202));
      Answer created = bookings.create(customer, session, "WALLET");
      String id = created.text("id");
      if (step != Step.AFTER_NOTE) {
        // A create that was overtaken by a cancel says so.
        created.is("409 invalid-state");
        id = created.text("bookingId");
        assertThat(created.body().getJsonObject("booking").getString("status"))
            .isIn("CANCELLED", "REFUNDED");
      }
      ends(customer, id, "CANCELLED/UNPAID", "REFUNDED/REFUNDED");
      Awaitility.await()
          .untilAsserted(() -> assertThat(scene.wallet(customer)).isEqualByComparingTo("100.00"));
    }
  }

  @ParameterizedTest
  @EnumSource(Step.class)
  void cancelAgainstPaymentEvent(Step step) {
    for (int round = 0; round < ROUNDS; round++) {
      Customer customer = scene.customer();
      Answer created = bookings.create(customer, scene.session(), "CARD").is("201");
      String id = created.text("id");
      String checkout = created.body().getJsonObject("payment").getString("checkoutUrl");
      // While the cancel is about to close the checkout, the customer has paid, and it is told so.
      rival(
          customer,
          step,
          SettlementKind.CARD_PAYMENT,
          booking ->
              () -> {
                Service.NEIGHBOURS.click(checkout, "pay");
                event("payment.succeeded", payment(created).put("amount", "25.00")).join();
              });
      assertThat(bookings.cancel(customer, id).status()).isIn(200, 202);
      boolean paidInTime = step == Step.BEFORE_CALL;
      assertThat(ends(customer, id, "CANCELLED/UNPAID", "REFUNDED/REFUNDED"))
          .isEqualTo(paidInTime ? "REFUNDED/REFUNDED" : "CANCELLED/UNPAID");
      assertThat(scene.wallet(customer)).isEqualByComparingTo(paidInTime ? "125.00" : "100.00");
    }
  }

  @ParameterizedTest
  @EnumSource(Step.class)
  void expiryAgainstPay(Step step) {
    for (int round = 0; round < ROUNDS; round++) {
      Customer customer = scene.customer();
      Answer created = bookings.create(customer, scene.session(), "CARD").is("201");
      String id = created.text("id");
      rival(
          customer,
          step,
          SettlementKind.WALLET_DEBIT,
          booking ->
              () -> {
                expire(id);
                if (step != Step.AFTER_NOTE) {
                  Awaitility.await()
                      .until(() -> bookings.get(customer, id).text("status").equals("CANCELLED"));
                }
              });
      // Where the hold ended while it was being paid, there is nothing to be paid any more.
      assertThat(bookings.pay(customer, id, "WALLET").outcome())
          .isIn("200", "202", "409 invalid-state");
      boolean settledFirst = step == Step.AFTER_NOTE;
      ends(customer, id, settledFirst ? "CONFIRMED/PAID" : "CANCELLED/UNPAID");
      String left = settledFirst ? "75.00" : "100.00";
      Awaitility.await()
          .untilAsserted(() -> assertThat(scene.wallet(customer)).isEqualByComparingTo(left));
    }
  }

  @RepeatedTest(ROUNDS)
  void tenCancels() {
    Customer customer = scene.customer();
    String id = bookings.create(customer, scene.session(), "WALLET").is("201").text("id");
    List<CompletableFuture<Answer>> begun =
        IntStream.range(0, 10).mapToObj(i -> cancel(customer, id)).toList();
    assertThat(begun.stream().map(CompletableFuture::join).map(Answer::status))
        .isSubsetOf(200, 202);
    ends(customer, id, "REFUNDED/REFUNDED");
    assertThat(scene.wallet(customer)).isEqualByComparingTo("100.00");
  }

  @RepeatedTest(ROUNDS)
  void tenEqualEvents() {
    Service.NEIGHBOURS.deliverEvents(false);
    Customer customer = scene.customer();
    Answer created = bookings.create(customer, scene.session(), "CARD").is("201");
    Service.NEIGHBOURS.click(
        created.body().getJsonObject("payment").getString("checkoutUrl"), "pay");
    String eventId = UUID.randomUUID().toString();
    JsonObject data = payment(created).put("amount", "25.00");
    List<CompletableFuture<Answer>> begun =
        IntStream.range(0, 10).mapToObj(i -> event(eventId, "payment.succeeded", data)).toList();
    assertThat(begun.stream().map(CompletableFuture::join).map(Answer::outcome))
        .containsOnly("204");
    ends(customer, created.text("id"), "CONFIRMED/PAID");
    assertThat(
            Service.books()
                .query("SELECT 1 FROM bookings.outbox WHERE aggregateid = ?", created.text("id")))
        .hasSize(2);
  }

  @RepeatedTest(ROUNDS)
  void failedAfterSucceeded() {
    Customer customer = scene.customer();
    Answer created = bookings.create(customer, scene.session(), "CARD").is("201");
    Service.NEIGHBOURS.click(
        created.body().getJsonObject("payment").getString("checkoutUrl"), "pay");
    ends(customer, created.text("id"), "CONFIRMED/PAID");
    event("payment.failed", payment(created)).join().is("204");
    assertThat(ends(customer, created.text("id"), "CONFIRMED/PAID")).isEqualTo("CONFIRMED/PAID");
  }

  @RepeatedTest(ROUNDS)
  void aCancelledBookingNeverComesBack() {
    Customer customer = scene.customer();
    Answer created = bookings.create(customer, scene.session(), "CARD").is("201");
    String id = created.text("id");
    Service.NEIGHBOURS.deliverEvents(false);
    Service.NEIGHBOURS.click(
        created.body().getJsonObject("payment").getString("checkoutUrl"), "pay");
    CompletableFuture<Answer> cancelled = cancel(customer, id);
    CompletableFuture<Answer> paid =
        event("payment.succeeded", payment(created).put("amount", "25.00"));
    assertThat(cancelled.join().status()).isIn(200, 202);
    paid.join().is("204");
    ends(customer, id, "REFUNDED/REFUNDED");
    assertThat(scene.wallet(customer)).isEqualByComparingTo("125.00");
  }

  @Test
  void aPaymentAfterItsHoldTakesTheSeatAgain() {
    Customer customer = scene.customer();
    Scene.Session session = scene.sessionOf(1);
    Answer created = bookings.create(customer, session, "CARD").is("201");
    String id = created.text("id");
    expired(customer, id, created);
    ends(customer, id, "CONFIRMED/PAID");
    assertThat(scene.wallet(customer)).isEqualByComparingTo("100.00");
    bookings.create(scene.customer(), session, "ON_SITE").is("409 session-full");
  }

  /**
   * The hold runs out while payments can't be asked; then the payment turns out to have succeeded.
   */
  private void expired(Customer customer, String id, Answer created) {
    Service.NEIGHBOURS.deliverEvents(false);
    QuickRecovery.gate("payments").shut();
    expire(id);
    Awaitility.await()
        .untilAsserted(() -> assertThat(state(customer, id)).isEqualTo("CANCELLED/UNPAID"));
    Service.NEIGHBOURS.click(
        created.body().getJsonObject("payment").getString("checkoutUrl"), "pay");
    between.run();
    QuickRecovery.gate("payments").open();
    JsonObject data = payment(created).put("amount", "25.00");
    // Payments is asked first; while its breaker is still open the event is to be sent again.
    Awaitility.await().until(() -> event("payment.succeeded", data).join().outcome().equals("204"));
  }

  private Runnable between = () -> {};

  @Test
  void aPaymentAfterItsHoldIsGivenBackWhenTheSeatIsGone() {
    Customer customer = scene.customer();
    Scene.Session session = scene.sessionOf(1);
    Answer created = bookings.create(customer, session, "CARD").is("201");
    between = () -> bookings.create(scene.customer(), session, "ON_SITE").is("201");
    expired(customer, created.text("id"), created);
    ends(customer, created.text("id"), "REFUNDED/REFUNDED");
    assertThat(scene.wallet(customer)).isEqualByComparingTo("125.00");
  }

  @Test
  void aPaymentAfterItsHoldIsGivenBackWhenTheCustomerHasBookedAgain() {
    Customer customer = scene.customer();
    Scene.Session session = scene.session();
    Answer created = bookings.create(customer, session, "CARD").is("201");
    between = () -> bookings.create(customer, session, "ON_SITE").is("201");
    expired(customer, created.text("id"), created);
    ends(customer, created.text("id"), "REFUNDED/REFUNDED");
    assertThat(scene.wallet(customer)).isEqualByComparingTo("125.00");
  }

  @Test
  void aLostEventIsAskedForBeforeTheHoldIsGivenUp() {
    Service.NEIGHBOURS.deliverEvents(false);
    Customer customer = scene.customer();
    Answer created = bookings.create(customer, scene.session(), "CARD").is("201");
    Service.NEIGHBOURS.click(
        created.body().getJsonObject("payment").getString("checkoutUrl"), "pay");
    expire(created.text("id"));
    ends(customer, created.text("id"), "CONFIRMED/PAID");
  }

  @Test
  void anEventThatNamesAnotherAmountIsNotBelieved() {
    Service.NEIGHBOURS.deliverEvents(false);
    Customer customer = scene.customer();
    Answer created = bookings.create(customer, scene.session(), "CARD").is("201");
    event("payment.succeeded", payment(created).put("amount", "0.01")).join().is("204");
    bookings.get(customer, created.text("id")).booking("PENDING/UNPAID");
    bookings.cancel(customer, created.text("id")).is("200");
  }
}
