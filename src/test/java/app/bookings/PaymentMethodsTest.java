package app.bookings;

import static org.assertj.core.api.Assertions.assertThat;

import app.bookings.testsupport.Bookings;
import app.bookings.testsupport.Bookings.Answer;
import app.bookings.testsupport.Scene;
import app.bookings.testsupport.Scene.Customer;
import app.bookings.testsupport.Service;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** domain.md, "Money": what each method takes, declines and gives back, to the cent. */
@QuarkusTest
class PaymentMethodsTest {

  private final Bookings bookings = Service.BOOKINGS;
  private final Scene scene = Service.scene();

  @AfterEach
  void theBooksAgree() {
    Service.NEIGHBOURS.reset();
    Awaitility.await()
        .untilAsserted(() -> Service.books().agree(Service.NEIGHBOURS, scene.company));
  }

  private static JsonObject order(String method, UUID extra, int quantity) {
    return JsonObject.of("paymentMethod", method)
        .put(
            "extras",
            new JsonArray()
                .add(JsonObject.of("extraId", extra.toString()).put("quantity", quantity)));
  }

  private Answer declined(Answer answer, String reason, Customer customer) {
    answer.is("402 payment-declined");
    assertThat(answer.text("reason")).isEqualTo(reason);
    Answer booking = bookings.get(customer, answer.text("bookingId")).is("200");
    assertThat(booking.text("status")).isEqualTo("CANCELLED");
    assertThat(booking.text("cancelReason")).isEqualTo(reason);
    return booking;
  }

  @Test
  void whatCostsNothingIsFreeWhateverWasAskedFor() {
    for (String method : new String[] {"WALLET", "CARD", "PASS", "BONUS", "ON_SITE", "FREE"}) {
      Scene.Session session =
          scene.session(
              JsonObject.of("price", "0.00").put("allowedPaymentMethods", new JsonArray()));
      Customer customer = scene.customer();
      Answer answer =
          bookings.create(customer, session, method).is("201").booking("CONFIRMED/NOT_REQUIRED");
      assertThat(answer.text("paymentMethod")).isEqualTo("FREE");
      assertThat(answer.text("total")).isEqualTo("0.00");
      bookings.cancel(customer, answer.text("id")).is("200").booking("CANCELLED/NOT_REQUIRED");
    }
  }

  @Test
  void onSiteConfirmsAtOnceAndStaysUnpaid() {
    Customer customer = scene.customer();
    Answer answer =
        bookings.create(customer, scene.session(), "ON_SITE").is("201").booking("CONFIRMED/UNPAID");
    assertThat(answer.header("Location").orElseThrow())
        .endsWith("/api/client/bookings/" + answer.text("id"));
    bookings.cancel(customer, answer.text("id")).is("200").booking("CANCELLED/UNPAID");
  }

  @Test
  void theWalletIsDebitedByTheTotalAndGetsItBackByARefundRequest() {
    Scene.Session session = scene.session();
    Customer customer = scene.customer();
    Answer answer =
        bookings
            .create(customer, session, order("WALLET", session.towel, 2))
            .is("201")
            .booking("CONFIRMED/PAID");
    assertThat(answer.text("price")).isEqualTo("25.00");
    assertThat(answer.text("extrasTotal")).isEqualTo("7.00");
    assertThat(answer.text("total")).isEqualTo("32.00");
    assertThat(answer.body().getBoolean("walletDebited")).isTrue();
    assertThat(scene.wallet(customer)).isEqualByComparingTo("68.00");

    Answer cancelled = bookings.cancel(customer, answer.text("id")).is("200");
    cancelled.booking("REFUNDED/REFUNDED");
    assertThat(cancelled.body().getBoolean("walletDebited")).isFalse();
    assertThat(cancelled.body().getJsonObject("refund").getString("status")).isEqualTo("APPROVED");
    assertThat(cancelled.body().getJsonObject("refund").getString("amount")).isEqualTo("32.00");
    assertThat(scene.wallet(customer)).isEqualByComparingTo("100.00");
    bookings.cancel(customer, answer.text("id")).is("200").booking("REFUNDED/REFUNDED");
    assertThat(scene.wallet(customer)).isEqualByComparingTo("100.00");
  }

  @Test
  void aRefundThatWaitsForStaffEndsWithItsEvent() {
    for (String decision : new String[] {"APPROVED", "REJECTED"}) {
      Service.NEIGHBOURS.decideRefunds("PENDING");
      Customer customer = scene.customer();
      String id = bookings.create(customer, scene.session(), "WALLET").is("201").text("id");
      Answer waiting = bookings.cancel(customer, id).is("200").booking("CANCELLED/REFUND_PENDING");
      UUID refund = UUID.fromString(waiting.body().getJsonObject("refund").getString("id"));
      Service.NEIGHBOURS.decide(refund, decision);
      boolean approved = decision.equals("APPROVED");
      bookings.becomes(customer, id, approved ? "REFUNDED/REFUNDED" : "CANCELLED/REFUND_REJECTED");
      assertThat(scene.wallet(customer)).isEqualByComparingTo(approved ? "100.00" : "75.00");
    }
  }

  @Test
  void aWalletWithoutEnoughMoneyDeclines() {
    Customer customer = scene.customer(JsonObject.of("walletBalance", "24.99"));
    Scene.Session session = scene.sessionOf(1);
    declined(bookings.create(customer, session, "WALLET"), "insufficient-funds", customer);
    assertThat(scene.wallet(customer)).isEqualByComparingTo("24.99");
    bookings.create(scene.customer(), session, "WALLET").is("201");
  }

  @Test
  void bonusTakesWholePointsAndGivesThemBack() {
    Scene.Session session = scene.session();
    Customer customer = scene.customer();
    Answer answer =
        bookings
            .create(customer, session, order("BONUS", session.towel, 1))
            .is("201")
            .booking("CONFIRMED/PAID");
    assertThat(answer.body().getBoolean("bonusDebited")).isTrue();
    assertThat(scene.points(customer)).isEqualTo(100 - 29);
    Answer back =
        bookings.cancel(customer, answer.text("id")).is("200").booking("REFUNDED/REFUNDED");
    assertThat(back.body().getBoolean("bonusDebited")).isFalse();
    assertThat(scene.points(customer)).isEqualTo(100);
  }

  @Test
  void tooFewPointsDecline() {
    Customer customer = scene.customer(JsonObject.of("bonusBalance", 24));
    declined(bookings.create(customer, scene.session(), "BONUS"), "insufficient-bonus", customer);
    assertThat(scene.points(customer)).isEqualTo(24);
  }

  @Test
  void aPassAbsorbsTheBookingAndIsReleasedOnCancel() {
    Scene.Session session = scene.session();
    Customer customer = scene.customer();
    UUID pass = scene.pass(customer, 2, session.towel, 1);
    Answer answer =
        bookings
            .create(customer, session, order("PASS", session.towel, 1))
            .is("201")
            .booking("CONFIRMED/NOT_REQUIRED");
    assertThat(answer.text("customerEntitlementId")).isEqualTo(pass.toString());
    assertThat(answer.text("total")).isEqualTo("0.00");
    JsonObject line = answer.body().getJsonArray("extras").getJsonObject(0);
    assertThat(line.getString("pricePaid")).isEqualTo("0.00");
    assertThat(line.getString("coveredByEntitlementId")).isEqualTo(pass.toString());
    assertThat(Service.NEIGHBOURS.usesLeft(pass)).isEqualTo(1);
    bookings.cancel(customer, answer.text("id")).is("200").booking("CANCELLED/NOT_REQUIRED");
    assertThat(Service.NEIGHBOURS.usesLeft(pass)).isEqualTo(2);
  }

  @Test
  void theNamedPassIsUsed() {
    Customer customer = scene.customer();
    UUID first = scene.pass(customer, 2, null, 0);
    UUID second = scene.pass(customer, 2, null, 0);
    bookings
        .create(
            customer,
            scene.session(),
            JsonObject.of("paymentMethod", "PASS").put("entitlementId", second.toString()))
        .is("201");
    assertThat(Service.NEIGHBOURS.usesLeft(first)).isEqualTo(2);
    assertThat(Service.NEIGHBOURS.usesLeft(second)).isEqualTo(1);
  }

  @Test
  void aPassThatCanNotBeUsedDeclines() {
    Scene.Session session = scene.sessionOf(1);
    Customer without = scene.customer();
    declined(bookings.create(without, session, "PASS"), "entitlement-not-usable", without);
    Customer usedUp = scene.customer();
    UUID pass = scene.pass(usedUp, 0, null, 0);
    declined(
        bookings.create(
            usedUp,
            session,
            JsonObject.of("paymentMethod", "PASS").put("entitlementId", pass.toString())),
        "entitlement-not-usable",
        usedUp);
    bookings.create(scene.customer(), session, "ON_SITE").is("201");
  }

  @Test
  void aPassLeavesARemainderThatSomethingMustPay() {
    Scene.Session session = scene.session();
    Customer customer = scene.customer();
    scene.pass(customer, 1, session.towel, 1);
    bookings
        .create(customer, session, order("PASS", session.towel, 2))
        .is("422 remainder-not-covered");
  }

  @Test
  void passAndWalletMoveTogether() {
    Scene.Session session = scene.session();
    Customer customer = scene.customer();
    UUID pass = scene.pass(customer, 1, session.towel, 1);
    JsonObject order = order("PASS", session.towel, 3).put("extrasPaymentMethod", "WALLET");
    Answer answer = bookings.create(customer, session, order).is("201").booking("CONFIRMED/PAID");
    assertThat(answer.text("paymentMethod")).isEqualTo("PASS");
    assertThat(answer.text("total")).isEqualTo("7.00");
    assertThat(answer.body().getJsonArray("extras")).hasSize(2);
    assertThat(scene.wallet(customer)).isEqualByComparingTo("93.00");
    assertThat(Service.NEIGHBOURS.usesLeft(pass)).isZero();
    bookings.cancel(customer, answer.text("id")).is("200").booking("REFUNDED/REFUNDED");
    assertThat(scene.wallet(customer)).isEqualByComparingTo("100.00");
    assertThat(Service.NEIGHBOURS.usesLeft(pass)).isEqualTo(1);
  }

  @Test
  void passAndWalletAreBothUndoneWhenTheWalletDeclines() {
    Scene.Session session = scene.session();
    Customer customer = scene.customer(JsonObject.of("walletBalance", "1.00"));
    UUID pass = scene.pass(customer, 1, null, 0);
    JsonObject order = order("PASS", session.towel, 1).put("extrasPaymentMethod", "WALLET");
    declined(bookings.create(customer, session, order), "insufficient-funds", customer);
    Awaitility.await().until(() -> Service.NEIGHBOURS.usesLeft(pass) == 1);
    assertThat(scene.wallet(customer)).isEqualByComparingTo("1.00");
  }

  @Test
  void passAndBonusMoveTogether() {
    Scene.Session session = scene.session();
    Customer customer = scene.customer();
    UUID pass = scene.pass(customer, 1, null, 0);
    JsonObject order = order("PASS", session.towel, 1).put("extrasPaymentMethod", "BONUS");
    Answer answer = bookings.create(customer, session, order).is("201").booking("CONFIRMED/PAID");
    assertThat(scene.points(customer)).isEqualTo(96);
    bookings.cancel(customer, answer.text("id")).is("200").booking("REFUNDED/REFUNDED");
    assertThat(scene.points(customer)).isEqualTo(100);
    assertThat(Service.NEIGHBOURS.usesLeft(pass)).isEqualTo(1);
  }

  @Test
  void passAndOnSiteLeaveTheExtrasToTheDesk() {
    Scene.Session session = scene.session();
    Customer customer = scene.customer();
    UUID pass = scene.pass(customer, 1, null, 0);
    JsonObject order = order("PASS", session.towel, 1).put("extrasPaymentMethod", "ON_SITE");
    Answer answer = bookings.create(customer, session, order).is("201").booking("CONFIRMED/UNPAID");
    assertThat(answer.text("total")).isEqualTo("3.50");
    bookings.pay(customer, answer.text("id"), "WALLET").is("200").booking("CONFIRMED/PAID");
    assertThat(scene.wallet(customer)).isEqualByComparingTo("96.50");
    bookings.cancel(customer, answer.text("id")).is("200").booking("REFUNDED/REFUNDED");
    assertThat(Service.NEIGHBOURS.usesLeft(pass)).isEqualTo(1);
  }

  @Test
  void passAndCardWaitForTheCheckout() {
    for (String click : new String[] {"pay", "fail"}) {
      Scene.Session session = scene.session();
      Customer customer = scene.customer();
      UUID pass = scene.pass(customer, 1, null, 0);
      JsonObject order = order("PASS", session.towel, 1).put("extrasPaymentMethod", "CARD");
      Answer answer = bookings.create(customer, session, order).is("201").booking("PENDING/UNPAID");
      Service.NEIGHBOURS.click(answer.checkout(), click);
      if (click.equals("pay")) {
        bookings.becomes(customer, answer.text("id"), "CONFIRMED/PAID");
        assertThat(Service.NEIGHBOURS.usesLeft(pass)).isZero();
        bookings.cancel(customer, answer.text("id")).is("200").booking("REFUNDED/REFUNDED");
        assertThat(scene.wallet(customer)).isEqualByComparingTo("103.50");
      } else {
        bookings.becomes(customer, answer.text("id"), "CANCELLED/UNPAID");
      }
      Awaitility.await().until(() -> Service.NEIGHBOURS.usesLeft(pass) == 1);
    }
  }

  @Test
  void aCardPaymentConfirmsByItsEventAndGoesBackToTheWallet() {
    Customer customer = scene.customer();
    Scene.Session session = scene.session();
    Answer answer =
        bookings
            .create(
                customer,
                session,
                JsonObject.of("paymentMethod", "CARD")
                    .put("resultUrl", "https://shop.example/done?a=1&b=2"))
            .is("201")
            .booking("PENDING/UNPAID");
    assertThat(answer.body().getJsonObject("payment").getString("status")).isEqualTo("pending");
    assertThat(answer.text("holdExpiresAt")).isNotNull();
    Service.NEIGHBOURS.click(answer.checkout(), "pay");
    bookings.becomes(customer, answer.text("id"), "CONFIRMED/PAID");
    JsonObject payment = bookings.get(customer, answer.text("id")).body().getJsonObject("payment");
    assertThat(payment.getString("status")).isEqualTo("succeeded");
    bookings.cancel(customer, answer.text("id")).is("200").booking("REFUNDED/REFUNDED");
    assertThat(scene.wallet(customer)).isEqualByComparingTo("125.00");
  }

  @Test
  void aCardPaymentThatFailsFreesThePlace() {
    Customer customer = scene.customer();
    Scene.Session session = scene.sessionOf(1);
    Answer answer = bookings.create(customer, session, "CARD").is("201");
    Service.NEIGHBOURS.click(answer.checkout(), "fail");
    bookings.becomes(customer, answer.text("id"), "CANCELLED/UNPAID");
    assertThat(bookings.get(customer, answer.text("id")).text("cancelReason"))
        .isEqualTo("payment-failed");
    bookings.create(customer, session, "ON_SITE").is("201");
  }

  @Test
  void withoutAGatewayACardIsDeclined() {
    Service.NEIGHBOURS.gatewayConfigured(false);
    Customer customer = scene.customer();
    declined(bookings.create(customer, scene.session(), "CARD"), "payment-failed", customer);
  }

  @Test
  void aPendingCardBookingCanBeCancelledAndItsCheckoutIsClosed() {
    Customer customer = scene.customer();
    Answer answer = bookings.create(customer, scene.session(), "CARD").is("201");
    bookings.cancel(customer, answer.text("id")).is("200").booking("CANCELLED/UNPAID");
    Service.NEIGHBOURS.click(answer.checkout(), "pay");
    bookings.get(customer, answer.text("id")).booking("CANCELLED/UNPAID");
  }

  @Test
  void anUnpaidOnSiteBookingCanBePaidByEveryMethod() {
    for (String method : new String[] {"WALLET", "BONUS", "PASS", "CARD"}) {
      Scene.Session session = scene.session();
      Customer customer = scene.customer();
      UUID pass = scene.pass(customer, 1, null, 0);
      String id = bookings.create(customer, session, "ON_SITE").is("201").text("id");
      Answer paid = bookings.pay(customer, id, method).is("200");
      if (method.equals("CARD")) {
        paid.booking("CONFIRMED/UNPAID");
        Service.NEIGHBOURS.click(paid.checkout(), "pay");
        bookings.becomes(customer, id, "CONFIRMED/PAID");
      }
      Answer now = bookings.get(customer, id);
      now.booking(method.equals("PASS") ? "CONFIRMED/NOT_REQUIRED" : "CONFIRMED/PAID");
      assertThat(now.text("paymentMethod")).isEqualTo(method);
      assertThat(Service.NEIGHBOURS.usesLeft(pass)).isEqualTo(method.equals("PASS") ? 0 : 1);
      bookings.pay(customer, id, "WALLET").is("409 invalid-state");
    }
  }

  @Test
  void aDeclinedPayLeavesTheBookingAsItWas() {
    Customer poor = scene.customer(JsonObject.of("walletBalance", "0.00").put("bonusBalance", 0));
    String id = bookings.create(poor, scene.session(), "ON_SITE").is("201").text("id");
    JsonObject before = bookings.get(poor, id).body();
    String[][] declines = {
      {"WALLET", "insufficient-funds"},
      {"BONUS", "insufficient-bonus"},
      {"PASS", "entitlement-not-usable"}
    };
    for (String[] decline : declines) {
      Answer answer = bookings.pay(poor, id, decline[0]).is("402 payment-declined");
      assertThat(answer.text("reason")).isEqualTo(decline[1]);
      JsonObject after = bookings.get(poor, id).body();
      after.remove("updatedAt");
      JsonObject expected = before.copy();
      expected.remove("updatedAt");
      assertThat(after).isEqualTo(expected);
    }
    bookings.pay(poor, id, "ON_SITE").is("422 payment-method-not-allowed");
  }

  @Test
  void payWithAPassAndARemainderSplitsTheLines() {
    Scene.Session session = scene.session();
    Customer customer = scene.customer();
    UUID pass = scene.pass(customer, 1, session.towel, 1);
    String id =
        bookings.create(customer, session, order("ON_SITE", session.towel, 2)).is("201").text("id");
    bookings.pay(customer, id, "PASS").is("422 remainder-not-covered");
    Answer paid =
        bookings
            .pay(
                customer,
                id,
                JsonObject.of("paymentMethod", "PASS").put("extrasPaymentMethod", "WALLET"))
            .is("200")
            .booking("CONFIRMED/PAID");
    assertThat(paid.text("total")).isEqualTo("3.50");
    assertThat(paid.body().getJsonArray("extras")).hasSize(2);
    assertThat(scene.wallet(customer)).isEqualByComparingTo("96.50");
    assertThat(Service.NEIGHBOURS.usesLeft(pass)).isZero();
    bookings.cancel(customer, id).is("200").booking("REFUNDED/REFUNDED");
  }

  @Test
  void payReplacesARunningCardPayment() {
    Customer customer = scene.customer();
    Answer first = bookings.create(customer, scene.session(), "CARD").is("201");
    String id = first.text("id");
    Answer second = bookings.pay(customer, id, "CARD").is("200").booking("PENDING/UNPAID");
    assertThat(second.checkout()).isNotEqualTo(first.checkout());
    Service.NEIGHBOURS.click(first.checkout(), "pay");
    bookings.get(customer, id).booking("PENDING/UNPAID");
    bookings.pay(customer, id, "WALLET").is("200").booking("CONFIRMED/PAID");
    assertThat(scene.wallet(customer)).isEqualByComparingTo("75.00");
  }

  @Test
  void aCardPaymentThatSucceededBeforePayReplacedItStands() {
    Customer customer = scene.customer();
    Service.NEIGHBOURS.deliverEvents(false);
    Answer first = bookings.create(customer, scene.session(), "CARD").is("201");
    Service.NEIGHBOURS.click(first.checkout(), "pay");
    Answer paid = bookings.pay(customer, first.text("id"), "WALLET").is("200");
    paid.booking("CONFIRMED/PAID");
    assertThat(paid.text("paymentMethod")).isEqualTo("CARD");
    assertThat(scene.wallet(customer)).isEqualByComparingTo("100.00");
  }

  @Test
  void aDeclinedReplacementLeavesTheBookingPending() {
    Customer poor = scene.customer(JsonObject.of("walletBalance", "0.00"));
    Answer first = bookings.create(poor, scene.session(), "CARD").is("201");
    bookings.pay(poor, first.text("id"), "WALLET").is("402 payment-declined");
    bookings.get(poor, first.text("id")).booking("PENDING/UNPAID");
    bookings.pay(poor, first.text("id"), "BONUS").is("200").booking("CONFIRMED/PAID");
  }

  @Test
  void anUnansweredDebitIsFinishedByRecovery() {
    Customer customer = scene.customer();
    Service.NEIGHBOURS.fault(
        JsonObject.of("neighbour", "wallet").put("kind", "DROP_AFTER").put("times", 3));
    Answer answer = bookings.create(customer, scene.session(), "WALLET").is("202");
    answer.booking("PENDING/UNPAID");
    bookings.becomes(customer, answer.text("id"), "CONFIRMED/PAID");
    assertThat(scene.wallet(customer)).isEqualByComparingTo("75.00");
  }
}
