package app.bookings.http.guest;

import static org.assertj.core.api.Assertions.assertThat;

import app.bookings.testsupport.Bookings;
import app.bookings.testsupport.Bookings.Answer;
import app.bookings.testsupport.OtherServices;
import app.bookings.testsupport.Scene;
import app.bookings.testsupport.Service;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** api.md, "Guest"; domain.md, "Booking rules". */
@QuarkusTest
class GuestTest {

  @ConfigProperty(name = "bookings.token-secret")
  String secret;

  private final Bookings bookings = Service.BOOKINGS;
  private final Scene scene = Service.scene();
  private final String email = "guest-" + UUID.randomUUID() + "@example.com";

  @AfterEach
  void theBooksAgree() {
    Service.NEIGHBOURS.reset();
    Awaitility.await()
        .untilAsserted(() -> Service.books().agree(Service.NEIGHBOURS, scene.company));
  }

  private JsonObject order(String method) {
    return new JsonObject()
        .put("paymentMethod", method)
        .put("email", email)
        .put("name", "Ada Lovelace")
        .put("phone", "+49 170 0000000");
  }

  private Answer create(Scene.Session session, JsonObject body) {
    return bookings.post(null, session.path().replace("/client/", "/client/guest/"), body);
  }

  private Answer send(String method, String path, String token, JsonObject body) {
    Map<String, String> headers = new HashMap<>();
    if (token != null) {
      headers.put("Booking-Token", token);
    }
    return bookings.send(
        method,
        "/api/client/guest/bookings/" + path,
        null,
        body == null ? null : body.encode(),
        headers);
  }

  private static JsonObject booking(Answer created) {
    return created.body().getJsonObject("booking");
  }

  @Test
  void aGuestBooksOnSiteReadsAndCancelsWithTheTokenAlone() {
    Answer created = create(scene.session(), order("ON_SITE")).is("201");
    String id = booking(created).getString("id");
    String token = created.text("bookingToken");
    assertThat(created.header("Location").orElseThrow())
        .endsWith("/api/client/guest/bookings/" + id);
    send("GET", id, token, null).is("200").booking("CONFIRMED/UNPAID");
    send("POST", id + "/cancel", token, null).is("200").booking("CANCELLED/UNPAID");
    send("POST", id + "/cancel", token, null).is("200").booking("CANCELLED/UNPAID");
  }

  @Test
  void aGuestPaysByCardAndGetsItBackToTheCard() {
    Answer created = create(scene.session(), order("CARD")).is("201");
    String id = booking(created).getString("id");
    String token = created.text("bookingToken");
    Service.NEIGHBOURS.click(
        booking(created).getJsonObject("payment").getString("checkoutUrl"), "pay");
    Bookings.becomes(() -> send("GET", id, token, null), "CONFIRMED/PAID");
    Answer cancelled = send("POST", id + "/cancel", token, null).is("200");
    cancelled.booking("REFUNDED/REFUNDED");
    assertThat(cancelled.body().getJsonObject("refund").getString("amount")).isEqualTo("25.00");
    assertThat(
            Service.NEIGHBOURS.ledger().getJsonArray("paymentRefunds").stream()
                .map(JsonObject.class::cast)
                .filter(
                    refund ->
                        refund
                            .getString("paymentId")
                            .equals(booking(created).getJsonObject("payment").getString("id"))))
        .hasSize(1);
  }

  @Test
  void aGuestPaysAnOnSiteBookingByCard() {
    Answer created = create(scene.session(), order("ON_SITE")).is("201");
    String id = booking(created).getString("id");
    String token = created.text("bookingToken");
    for (String method : List.of("WALLET", "BONUS", "PASS", "ON_SITE", "FREE")) {
      send("POST", id + "/pay", token, new JsonObject().put("paymentMethod", method))
          .is("422 payment-method-not-allowed");
    }
    Answer open =
        send("POST", id + "/pay", token, new JsonObject().put("paymentMethod", "CARD")).is("200");
    Service.NEIGHBOURS.click(open.body().getJsonObject("payment").getString("checkoutUrl"), "pay");
    Bookings.becomes(() -> send("GET", id, token, null), "CONFIRMED/PAID");
  }

  @Test
  void walletBonusAndPassNeedAnAccount() {
    for (String method : List.of("WALLET", "BONUS", "PASS")) {
      create(scene.session(), order(method)).is("422 payment-method-not-allowed");
    }
  }

  @Test
  void whatCostsNothingIsFreeForGuestsToo() {
    Scene.Session free = scene.session(new JsonObject().put("price", "0.00"));
    Answer created = create(free, order("ON_SITE")).is("201");
    assertThat(booking(created).getString("paymentMethod")).isEqualTo("FREE");
  }

  @Test
  void theEmailIsNeededAndTheContactMustBeSound() {
    Scene.Session session = scene.session();
    JsonObject without = order("ON_SITE");
    without.remove("email");
    create(session, without).is("400 validation-error");
    for (String wrong : List.of("", "nobody", "a@b@c", "x".repeat(300) + "@example.com")) {
      create(session, order("ON_SITE").put("email", wrong)).is("400 validation-error");
    }
    create(session, order("ON_SITE").put("phone", "call me")).is("400 validation-error");
    create(session, order("ON_SITE").put("name", "a\u0000b")).is("400 validation-error");
  }

  @Test
  void aWrongForeignOrMissingTokenOpensNothing() {
    Answer one = create(scene.session(), order("ON_SITE")).is("201");
    String id = booking(one).getString("id");
    String token = one.text("bookingToken");
    String other =
        create(scene.session(), order("ON_SITE").put("email", "b" + email))
            .is("201")
            .text("bookingToken");
    byte[] bytes = Base64.getUrlDecoder().decode(token);
    bytes[7]++;
    String later = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    for (String wrong :
        List.of("", "x", "AAAA", other, later, token + "AAAA", token.substring(2))) {
      send("GET", id, wrong, null).is("404 booking-not-found");
      send("POST", id + "/cancel", wrong, null).is("404 booking-not-found");
      send("POST", id + "/pay", wrong, new JsonObject().put("paymentMethod", "CARD"))
          .is("404 booking-not-found");
    }
    send("GET", id, null, null).is("404 booking-not-found");
    send("GET", UUID.randomUUID().toString(), token, null).is("404 booking-not-found");
    send("GET", id, token, null).is("200").booking("CONFIRMED/UNPAID");
  }

  @Test
  void knownAndUnknownAddressesGetTheSameAnswer() {
    Scene.Session session = scene.session();
    UUID known = UUID.randomUUID();
    String knownEmail = "known-" + email;
    Service.NEIGHBOURS.putCustomer(
        known,
        new JsonObject()
            .put("companyId", scene.company.toString())
            .put("userId", UUID.randomUUID().toString())
            .put("email", knownEmail)
            .put("status", "VIP")
            .put("bonusBalance", 500));
    Answer first = create(session, order("ON_SITE").put("email", knownEmail)).is("201");
    Answer second = create(session, order("ON_SITE")).is("201");
    assertThat(shape(first)).isEqualTo(shape(second));
    for (String method : List.of("WALLET", "BONUS", "PASS")) {
      assertThat(
              create(scene.session(), order(method).put("email", knownEmail))
                  .body()
                  .getString("type"))
          .isEqualTo(create(scene.session(), order(method)).body().getString("type"));
    }
  }

  /** All that does not name the one booking. */
  private static JsonObject shape(Answer created) {
    JsonObject shape = booking(created).copy();
    List.of("id", "customerId", "createdAt", "updatedAt").forEach(shape::remove);
    return shape;
  }

  @Test
  void whenTheGuestSignsUpTheBookingIsTheirs() {
    Answer created = create(scene.session(), order("ON_SITE")).is("201");
    String id = booking(created).getString("id");
    UUID user = UUID.randomUUID();
    String userToken = Service.NEIGHBOURS.userToken(user);
    bookings.get(userToken, Bookings.one(id)).is("404 booking-not-found");
    Service.NEIGHBOURS.putCustomer(
        UUID.fromString(booking(created).getString("customerId")),
        new JsonObject().put("userId", user.toString()));
    JsonObject event =
        OtherServices.event(
            "/companies",
            "customer.linked",
            new JsonObject()
                .put("customerId", booking(created).getString("customerId"))
                .put("userId", user.toString()));
    for (int i = 0; i < 2; i++) {
      new OtherServices().tell(event).is("204");
    }
    bookings.get(userToken, Bookings.one(id)).is("200").booking("CONFIRMED/UNPAID");
    send("GET", id, created.text("bookingToken"), null).is("404 booking-not-found");
  }

  @Test
  void aGuestsCreateCanBeRepeatedWithAKey() {
    Scene.Session session = scene.session();
    String path = session.path().replace("/client/", "/client/guest/");
    Map<String, String> key = Map.of("Idempotency-Key", UUID.randomUUID().toString());
    Answer first = bookings.send("POST", path, null, order("ON_SITE").encode(), key).is("201");
    Answer again = bookings.send("POST", path, null, order("ON_SITE").encode(), key).is("201");
    assertThat(again.http().body()).isEqualTo(first.http().body());
    assertThat(again.header("Location")).isEqualTo(first.header("Location"));
    // Whoever reads the table opens no booking.
    assertThat(
            Service.books()
                .query(
                    "SELECT t::text FROM bookings.idempotency_keys t WHERE key = ?",
                    key.get("Idempotency-Key"))
                .toString())
        .contains(booking(first).getString("id"))
        .doesNotContain(first.text("bookingToken"))
        .doesNotContain("bookingToken");
  }

  @Test
  void theTokenLivesAsLongAsItsSessionEvenIfThatWasMoved() throws GeneralSecurityException {
    Answer created = create(scene.session(), order("ON_SITE")).is("201");
    UUID id = UUID.fromString(booking(created).getString("id"));
    // As it was signed when the session was 90 days earlier.
    String old = signed(id, Instant.now().minus(40, ChronoUnit.DAYS));
    send("GET", id.toString(), old, null).is("200");
    ends(id, Instant.now().minus(29, ChronoUnit.DAYS));
    send("GET", id.toString(), old, null).is("200");
    ends(id, Instant.now().minus(31, ChronoUnit.DAYS));
    send("GET", id.toString(), old, null).is("404 booking-not-found");
    // What the token itself says is kept.
    send("GET", id.toString(), created.text("bookingToken"), null).is("200");
  }

  /** The session was moved, time was not: what the first token says is true all along. */
  private static void ends(UUID id, Instant at) {
    Service.books()
        .query(
            "UPDATE bookings.bookings SET starts_at = ?::timestamptz - interval '1 hour',"
                + " ends_at = ?::timestamptz WHERE id = ?",
            at.toString(),
            at.toString(),
            id);
  }

  private String signed(UUID id, Instant expiry) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    byte[] signature =
        mac.doFinal(
            ByteBuffer.allocate(24)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .putLong(expiry.getEpochSecond())
                .array());
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(
            ByteBuffer.allocate(8 + signature.length)
                .putLong(expiry.getEpochSecond())
                .put(signature)
                .array());
  }
}
