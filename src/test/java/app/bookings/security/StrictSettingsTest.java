package app.bookings.security;

import static org.assertj.core.api.Assertions.assertThat;

import app.bookings.platform.Secrets;
import app.bookings.platform.WebhookSignature;
import app.bookings.sandbox.SandboxKeys;
import app.bookings.testsupport.Bookings;
import app.bookings.testsupport.Bookings.Answer;
import app.bookings.testsupport.OtherServices;
import app.bookings.testsupport.Service;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.jwt.build.Jwt;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** security.md, "Secrets": what is checked only where an operator configures it. */
@QuarkusTest
@TestProfile(StrictSettingsTest.Strict.class)
class StrictSettingsTest {

  private static final String SECRET = "whsec_c3RyaWN0bHktZm9yLXRlc3RzLTAxMjM0NTY3ODk=";

  /** What SECRET is being replaced with: both hold for a while. */
  private static final String NEXT = "whsec_dGhlIG5leHQgc2VjcmV0LCAzMiBieXRlcyBvciBzbyE=";

  private final Bookings bookings = Service.BOOKINGS;

  /** An audience and a secret for inbound events. */
  public static final class Strict implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "quarkus.oidc.token.audience",
          "bookings",
          "bookings.inbound-event-secret",
          SECRET + "," + NEXT,
          "bookings.result-url-http",
          "false");
    }
  }

  private static WebhookSignature signature(String secret) {
    return new WebhookSignature(Secrets.ofWebhooks("a secret", List.of(secret)));
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
    headers.put("webhook-signature", signature(SECRET).sign(id, timestamp, body));
    switch (signature) {
      case "none" -> headers.remove("webhook-signature");
      case "forged" ->
          headers.put(
              "webhook-signature",
              signature("whsec_bm90IHRoZSBzZWNyZXQgYXQgYWxsLCBub3I=").sign(id, timestamp, body));
      case "of another body" ->
          headers.put("webhook-signature", signature(SECRET).sign(id, timestamp, body + " "));
      case "of another id" -> headers.put("webhook-id", id + "0");
      case "without a time" -> headers.remove("webhook-timestamp");
      default -> {}
    }
    Answer answer = bookings.send("POST", "/api/internal/events", token("bookings"), body, headers);
    answer.is(outcome);
    assertThat(answer.header("WWW-Authenticate").isPresent()).isEqualTo(answer.status() == 401);
  }

  private Answer send(String secret, String message, String body, String contentType) {
    String timestamp = String.valueOf(Instant.now().getEpochSecond());
    Map<String, String> headers = new HashMap<>();
    headers.put("Content-Type", contentType);
    headers.put("webhook-id", message);
    headers.put("webhook-timestamp", timestamp);
    headers.put("webhook-signature", signature(secret).sign(message, timestamp, body));
    if (contentType.equals("application/json")) {
      headers.put("ce-specversion", "1.0");
      headers.put("ce-source", "/payments");
      headers.put("ce-id", UUID.randomUUID().toString());
      headers.put("ce-type", "payment.succeeded");
    }
    return bookings.send("POST", "/api/internal/events", token("bookings"), body, headers);
  }

  private static String capacity(UUID session, int capacity) {
    return OtherServices.event(
            "/catalog",
            "session.capacity-changed",
            new JsonObject().put("sessionId", session.toString()).put("capacity", capacity))
        .encode();
  }

  /** The attributes of a binary event are headers, and a batch has one id for many: unsigned. */
  @ParameterizedTest
  @CsvSource({
    "application/json, 415 unsupported-media-type",
    "application/cloudevents-batch+json, 415 unsupported-media-type",
    "application/cloudevents+json, 204"
  })
  void whatIsSignedIsTheWholeEvent(String contentType, String outcome) {
    String body = capacity(UUID.randomUUID(), 1);
    send(
            SECRET,
            "msg_" + UUID.randomUUID(),
            contentType.contains("batch") ? "[" + body + "]" : body,
            contentType)
        .is(outcome);
  }

  @Test
  void aMessageIsOfOneEvent() {
    UUID session = UUID.randomUUID();
    String message = "msg_" + UUID.randomUUID();
    String first = capacity(session, 1);
    send(SECRET, message, first, "application/cloudevents+json").is("204");
    send(SECRET, message, first, "application/cloudevents+json").is("204");
    send(SECRET, message, capacity(session, 2), "application/cloudevents+json")
        .is("400 malformed-request");
  }

  @Test
  void aSecretIsReplacedWhileBothHold() {
    for (String secret : List.of(SECRET, NEXT)) {
      send(
              secret,
              "msg_" + UUID.randomUUID(),
              capacity(UUID.randomUUID(), 1),
              "application/cloudevents+json")
          .is("204");
    }
  }
}
