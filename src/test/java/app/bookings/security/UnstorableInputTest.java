package app.bookings.security;

import static org.assertj.core.api.Assertions.assertThat;

import app.bookings.sandbox.SandboxKeys;
import app.bookings.testsupport.Bookings;
import app.bookings.testsupport.OtherServices;
import app.bookings.testsupport.Scene;
import app.bookings.testsupport.Scene.Customer;
import app.bookings.testsupport.Service;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.jwt.build.Jwt;
import io.smallrye.jwt.build.JwtClaimsBuilder;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the database can't hold is refused at the door: 400, never 500. */
@QuarkusTest
class UnstorableInputTest {

  private final Bookings bookings = Service.BOOKINGS;
  private final OtherServices services = new OtherServices();
  private final Scene scene = Service.scene();
  private final Scene.Session session = scene.session();
  private final Customer customer = scene.customer();

  private static String cursor(long second, int nano) {
    byte[] bytes = ByteBuffer.allocate(28).putLong(second).putInt(nano).array();
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  @Test
  void aForgedCursorIsRefused() {
    List<String> forged = new ArrayList<>();
    forged.add(cursor(Long.MAX_VALUE, 0));
    forged.add(cursor(Long.MIN_VALUE, -1));
    forged.add(cursor(Long.MAX_VALUE, Integer.MAX_VALUE));
    forged.add(cursor(31_556_889_864_403_199L, 0));
    forged.add(cursor(9_224_318_016_000L, 0));
    forged.add(cursor(-62_167_219_200L * 10, 0));
    forged.add("\u0000");
    forged.add("\u00e4");
    forged.add("AAAA");
    forged.add("=");
    for (String one : forged) {
      bookings
          .get(
              customer.token(),
              "/api/client/my-bookings?cursor=" + URLEncoder.encode(one, StandardCharsets.UTF_8))
          .is("400 validation-error");
    }
    Random random = new Random(24);
    for (int i = 0; i < 200; i++) {
      byte[] bytes = new byte[28];
      random.nextBytes(bytes);
      String any = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
      assertThat(bookings.get(customer.token(), "/api/client/my-bookings?cursor=" + any).status())
          .isIn(200, 400);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "+294277-01-01T00:00:00Z",
        "+999999999-12-31T23:59:59Z",
        "-999999999-01-01T00:00:00Z",
        "-4800-01-01T00:00:00Z",
        "\u0000"
      })
  void aTimeOutOfRangeIsRefused(String time) {
    String encoded = URLEncoder.encode(time, StandardCharsets.UTF_8);
    for (String parameter : List.of("from", "to")) {
      bookings
          .get(customer.token(), "/api/client/my-bookings?" + parameter + "=" + encoded)
          .is("400 validation-error");
    }
    services
        .post("reminders/claim", JsonObject.of("startsBefore", time).put("limit", 1))
        .is("400 validation-error");
    services
        .tell(
            OtherServices.event(
                    "/catalog",
                    "session.finished",
                    JsonObject.of("sessionId", UUID.randomUUID().toString()))
                .put("time", time))
        .is("400 malformed-request");
    services.tell(times(time, time)).is("400 malformed-request");
  }

  private JsonObject times(String startsAt, String endsAt) {
    return OtherServices.event(
        "/catalog",
        "session.rescheduled",
        JsonObject.of("sessionId", session.id.toString())
            .put("startsAt", startsAt)
            .put("endsAt", endsAt));
  }

  @Test
  void aSessionDoesNotEndBeforeItBegins() {
    bookings.create(customer, session, "ON_SITE").is("201");
    services
        .tell(times("2030-01-01T10:00:00Z", "2030-01-01T10:00:00Z"))
        .is("400 malformed-request");
    services
        .tell(times("2030-01-01T10:00:00Z", "2030-01-01T09:00:00Z"))
        .is("400 malformed-request");
    services
        .tell(times("2030-01-01T10:00:00Z", "+999999999-01-01T00:00:00Z"))
        .is("400 malformed-request");
    services.tell(times("2030-01-01T10:00:00Z", "2030-01-01T11:00:00Z")).is("204");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\u0000b", "\u0000", "a\ud800b", "\udc00"})
  void aTextThatCanNotBeStoredIsRefused(String text) {
    String id = bookings.create(customer, session, "ON_SITE").is("201").text("id");
    String reason = "{\"reason\":\"" + escaped(text) + "\"}";
    bookings
        .send("POST", Bookings.one(id) + "/cancel", customer.token(), reason, Map.of())
        .is("400 validation-error");
    bookings
        .send(
            "POST",
            "/api/internal/bookings/" + id + "/waive",
            Service.NEIGHBOURS.serviceToken(),
            reason,
            Map.of())
        .is("400 validation-error");
    for (String member : List.of("email", "name", "phone", "resultUrl")) {
      String guest =
          new JsonObject()
              .put("paymentMethod", "ON_SITE")
              .put("email", "guest@example.com")
              .put(member, "TEXT@example.com")
              .encode()
              .replace("TEXT", escaped(text));
      bookings
          .send("POST", session.path().replace("/client/", "/client/guest/"), null, guest, Map.of())
          .is("400 validation-error");
    }
  }

  private static String escaped(String text) {
    StringBuilder escaped = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      escaped.append(c < ' ' || Character.isSurrogate(c) ? "\\u%04x".formatted((int) c) : c);
    }
    return escaped.toString();
  }

  @Test
  void anEventThatCanNotBeStoredIsNeverTaken() {
    JsonObject sound =
        OtherServices.event(
            "/catalog", "session.seen", JsonObject.of("sessionId", session.id.toString()));
    services.tell(sound).is("204");
    List<JsonObject> poison = new ArrayList<>();
    for (String attribute : List.of("id", "source", "type")) {
      poison.add(sound.copy().put(attribute, "a\u0000b"));
      poison.add(sound.copy().put(attribute, "x".repeat(501)));
      poison.add(sound.copy().put(attribute, "\u20ac".repeat(400)));
    }
    poison.add(sound.copy().put("data", "\u0000"));
    poison.add(sound.copy().put("data", new JsonObject().put("a\u0000", 1)));
    poison.add(
        sound
            .copy()
            .put("type", "session.finished")
            .put("data", sound.getJsonObject("data").copy().put("note", List.of("a\u0000"))));
    for (JsonObject event : poison) {
      services
          .tell(event.put("id", event.getString("id") + UUID.randomUUID()))
          .is("400 malformed-request");
    }
    String random =
        UUID.randomUUID()
            + new Random(26)
                .ints(464, 33, 126)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString()
                .replace('"', 'x')
                .replace('\\', 'x');
    services.tell(sound.copy().put("id", random).put("source", random)).is("204");
  }

  @Test
  void aTokenWithoutAUserIsForbidden() {
    List<JwtClaimsBuilder> claims =
        List.of(
            Jwt.claims(),
            Jwt.claims().subject("sandbox"),
            Jwt.claims().subject("1-1-1-1-1"),
            Jwt.claims().upn("ada").preferredUserName(customer.userId().toString()));
    for (JwtClaimsBuilder claim : claims) {
      String token = SandboxKeys.sign(claim.issuer("sandbox").expiresIn(Duration.ofHours(1)));
      bookings.get(token, "/api/client/my-bookings").is("403 forbidden");
      bookings
          .post(token, session.path(), JsonObject.of("paymentMethod", "ON_SITE"))
          .is("403 forbidden");
    }
  }
}
