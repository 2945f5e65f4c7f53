package app.bookings.security;

import static org.assertj.core.api.Assertions.assertThat;

import app.bookings.sandbox.SandboxKeys;
import app.bookings.testsupport.Bookings;
import app.bookings.testsupport.Bookings.Answer;
import app.bookings.testsupport.OtherServices;
import app.bookings.testsupport.Service;
import app.bookings.webhook.WebhookSignature;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.jwt.build.Jwt;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** reliability.md, "Security": what is checked only where an operator configures it. */
@QuarkusTest
@TestProfile(StrictSettingsTest.Strict.class)
class StrictSettingsTest {

  private static final String SECRET = "whsec_c3RyaWN0bHktZm9yLXRlc3RzLTAxMjM0NTY3ODk=";

  private final Bookings bookings = Service.BOOKINGS;

  /** An audience and a secret for inbound events. */
  public static final class Strict implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "quarkus.oidc.token.audience",
          "bookings",
          "bookings.inbound-event-secret",
          SECRET,
          "bookings.result-url-http",
          "false");
    }
  }

  private static String token(String audience) {
    var claims =
        Jwt.claims()
            .subject(UUID.randomUUID().toString())
            .issuer("sandbox")
            .groups(Set.of("bookings-internal"))
            .expiresIn(Duration.ofMinutes(5));
    return SandboxKeys.sign(audience == null ? claims : claims.audience(audience));
  }

  @Test
  void aTokenForSomebodyElseIsRefused() {
    bookings.get(token("bookings"), "/api/client/my-bookings").is("200");
    bookings.get(token("billing"), "/api/client/my-bookings").is("401 unauthorized");
    bookings.get(token(null), "/api/client/my-bookings").is("401 unauthorized");
  }

  @ParameterizedTest
  @CsvSource({
    "https://shop.example/done, 404 session-not-found",
    "http://shop.example/done, 400 validation-error"
  })
  void aResultUrlIsHttpsUnlessHttpIsConfigured(String url, String outcome) {
    String anywhere =
        "/api/client/companies/%s/sessions/%s/bookings"
            .formatted(UUID.randomUUID(), UUID.randomUUID());
    bookings
        .post(
            token("bookings"),
            anywhere,
            new JsonObject().put("paymentMethod", "CARD").put("resultUrl", url))
        .is(outcome);
  }

  @ParameterizedTest
  @CsvSource({
    "genuine, 204",
    "none, 401 unauthorized",
    "forged, 401 unauthorized",
    "of another body, 401 unauthorized",
    "of another id, 401 unauthorized",
    "six minutes old, 401 unauthorized",
    "of the future, 401 unauthorized",
    "without a time, 401 unauthorized"
  })
  void anEventMustBeSignedByWhomWeKnow(String signature, String outcome) {
    String body =
        OtherServices.event(
                "/catalog",
                "session.finished",
                new JsonObject().put("sessionId", UUID.randomUUID().toString()))
            .encode();
    String id = "msg_" + UUID.randomUUID();
    long age =
        switch (signature) {
          case "six minutes old" -> 360;
          case "of the future" -> -360;
          default -> 0;
        };
    String timestamp = String.valueOf(Instant.now().getEpochSecond() - age);
    Map<String, String> headers = new HashMap<>();
    headers.put("Content-Type", "application/cloudevents+json");
    headers.put("webhook-id", id);
    headers.put("webhook-timestamp", timestamp);
    headers.put("webhook-signature", new WebhookSignature(SECRET).sign(id, timestamp, body));
    switch (signature) {
      case "none" -> headers.remove("webhook-signature");
      case "forged" ->
          headers.put(
              "webhook-signature",
              new WebhookSignature("whsec_bm90IHRoZSBzZWNyZXQgYXQgYWxs").sign(id, timestamp, body));
      case "of another body" ->
          headers.put(
              "webhook-signature", new WebhookSignature(SECRET).sign(id, timestamp, body + " "));
      case "of another id" -> headers.put("webhook-id", id + "0");
      case "without a time" -> headers.remove("webhook-timestamp");
      default -> {}
    }
    Answer answer = bookings.send("POST", "/api/internal/events", token("bookings"), body, headers);
    answer.is(outcome);
    assertThat(answer.header("WWW-Authenticate").isPresent()).isEqualTo(answer.status() == 401);
  }
}
