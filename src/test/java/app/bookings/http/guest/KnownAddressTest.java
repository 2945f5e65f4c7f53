package app.bookings.http.guest;

import static org.assertj.core.api.Assertions.assertThat;

import app.bookings.testsupport.Bookings;
import app.bookings.testsupport.Bookings.Answer;
import app.bookings.testsupport.OtherServices;
import app.bookings.testsupport.Scene;
import app.bookings.testsupport.Scene.Customer;
import app.bookings.testsupport.Service;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * domain.md, "Tables": a guest may type the address of somebody with an account. The booking is
 * that user's at once; what a guest paid by card goes back to that card all the same.
 */
@QuarkusTest
class KnownAddressTest {

  private final Bookings bookings = Service.BOOKINGS;
  private final Scene scene = Service.scene();
  private final Scene.Session session = scene.session();
  private final String email = "known-" + UUID.randomUUID() + "@example.com";

  @AfterEach
  void theBooksAgree() {
    Awaitility.await()
        .untilAsserted(() -> Service.books().agree(Service.NEIGHBOURS, scene.company));
  }

  private Customer user() {
    return scene.customer(new JsonObject().put("email", email));
  }

  private Answer create(String method) {
    return bookings.post(
        null,
        session.path().replace("/client/", "/client/guest/"),
        new JsonObject().put("paymentMethod", method).put("email", email));
  }

  private Answer asGuest(String method, String path, Answer created) {
    return bookings.send(
        method,
        "/api/client/guest/bookings/" + path,
        null,
        null,
        Map.of("Booking-Token", created.text("bookingToken")));
  }

  private static JsonObject booking(Answer created) {
    return created.body().getJsonObject("booking");
  }

  private void link(JsonObject booking, UUID user) {
    Service.NEIGHBOURS.putCustomer(
        UUID.fromString(booking.getString("customerId")),
        new JsonObject().put("userId", user.toString()));
    new OtherServices()
        .tell(
            "/companies",
            "customer.linked",
            new JsonObject()
                .put("customerId", booking.getString("customerId"))
                .put("userId", user.toString()));
  }

  @Test
  void theUserSeesAndCancelsWhatAGuestBookedWithTheirAddress() {
    Customer user = user();
    Answer created = create("ON_SITE").is("201");
    String id = booking(created).getString("id");
    bookings.create(user, session, "ON_SITE").is("409 already-booked");
    bookings.get(user, id).is("200").booking("CONFIRMED/UNPAID");
    assertThat(
            bookings
                .get(user.token(), "/api/client/my-bookings")
                .is("200")
                .body()
                .getJsonArray("items"))
        .hasSize(1);
    // The guest's token is as good as ever: companies has told of nobody who signed up.
    asGuest("GET", id, created).is("200");
    bookings.cancel(user, id).is("200").booking("CANCELLED/UNPAID");
    asGuest("GET", id, created).is("200").booking("CANCELLED/UNPAID");
    bookings.create(user, session, "ON_SITE").is("201");
  }

  @Test
  void theTokenEndsWhenItIsToldThatTheGuestSignedUp() {
    Customer user = user();
    Answer created = create("ON_SITE").is("201");
    String id = booking(created).getString("id");
    link(booking(created), user.userId());
    asGuest("GET", id, created).is("404 booking-not-found");
    asGuest("POST", id + "/cancel", created).is("404 booking-not-found");
    bookings.get(user, id).is("200").booking("CONFIRMED/UNPAID");
  }

  /** A link that was told before the booking was made says nothing of whoever made it. */
  @Test
  void anOldLinkEndsNoToken() {
    Customer user = user();
    link(new JsonObject().put("customerId", user.id().toString()), user.userId());
    Service.books()
        .query(
            "UPDATE bookings.customer_links SET told_at = told_at - interval '1 hour'"
                + " WHERE customer_id = ?",
            user.id());
    Answer created = create("ON_SITE").is("201");
    asGuest("GET", booking(created).getString("id"), created).is("200");
  }

  @ParameterizedTest
  @CsvSource({
    "known at once, user cancels",
    "known at once, guest cancels",
    "known at once, session cancelled",
    "signed up later, user cancels",
    "signed up later, session cancelled"
  })
  void whatAGuestPaidByCardGoesBackToTheCard(String known, String end) {
    boolean atOnce = known.equals("known at once");
    Customer user = atOnce ? user() : scene.customer();
    Answer created = create("CARD").is("201");
    String id = booking(created).getString("id");
    Service.NEIGHBOURS.click(
        booking(created).getJsonObject("payment").getString("checkoutUrl"), "pay");
    Bookings.becomes(() -> asGuest("GET", id, created), "CONFIRMED/PAID");
    if (!atOnce) {
      link(booking(created), user.userId());
    }
    assertThat(
            bookings
                .get(user.token(), Bookings.one(id) + "/cancellation")
                .is("200")
                .body()
                .getJsonArray("giveBack")
                .getJsonObject(0)
                .getString("to"))
        .isEqualTo("CARD");
    BigDecimal wallet = scene.wallet(user);
    switch (end) {
      case "user cancels" -> bookings.cancel(user, id);
      case "guest cancels" -> asGuest("POST", id + "/cancel", created);
      default ->
          new OtherServices()
              .tell(
                  "/catalog",
                  "session.cancelled",
                  new JsonObject().put("sessionId", session.id.toString()));
    }
    bookings.becomes(user, id, "REFUNDED/REFUNDED");
    JsonObject ledger = Service.NEIGHBOURS.ledger();
    assertThat(named(ledger, "refundRequests", "bookingId", id)).isZero();
    assertThat(
            named(
                ledger,
                "paymentRefunds",
                "paymentId",
                booking(created).getJsonObject("payment").getString("id")))
        .isEqualTo(1);
    assertThat(scene.wallet(user)).isEqualByComparingTo(wallet);
  }

  /** The other way round: a guest booked, the user paid by card, and has a wallet. */
  @Test
  void whatTheUserPaidByCardGoesToTheirWallet() {
    Customer user = user();
    String id = booking(create("ON_SITE").is("201")).getString("id");
    Answer open = bookings.pay(user, id, "CARD").is("200");
    Service.NEIGHBOURS.click(open.body().getJsonObject("payment").getString("checkoutUrl"), "pay");
    bookings.becomes(user, id, "CONFIRMED/PAID");
    bookings.cancel(user, id).booking("REFUNDED/REFUNDED");
    assertThat(named(Service.NEIGHBOURS.ledger(), "refundRequests", "bookingId", id)).isEqualTo(1);
    assertThat(scene.wallet(user)).isEqualByComparingTo("125.00");
  }

  private static long named(JsonObject ledger, String rows, String member, String value) {
    return ledger.getJsonArray(rows).stream()
        .map(JsonObject.class::cast)
        .filter(row -> value.equals(row.getString(member)))
        .count();
  }
}
