package app.bookings.security;

import static org.assertj.core.api.Assertions.assertThat;

import app.bookings.sandbox.SandboxKeys;
import app.bookings.testsupport.Bookings;
import app.bookings.testsupport.Bookings.Answer;
import app.bookings.testsupport.Scene;
import app.bookings.testsupport.Scene.Customer;
import app.bookings.testsupport.Service;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.jwt.build.Jwt;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** security.md, "Input": each gets a clear refusal, nothing is written, the service lives on. */
@QuarkusTest
class HostileTest {

  private final Bookings bookings = Service.BOOKINGS;
  private final Scene scene = Service.scene();
  private final Scene.Session session = scene.session();
  private final Customer customer = scene.customer();

  @AfterEach
  void nothingIsWrittenAndItIsHealthy() {
    assertThat(
            Service.books()
                .query("SELECT 1 FROM bookings.bookings WHERE company_id = ?", scene.company))
        .isEmpty();
    assertThat(bookings.ready()).isTrue();
  }

  private void refused(Answer answer) {
    assertThat(answer.status()).as("%s", answer.http().body()).isBetween(400, 499);
    assertThat(answer.slug()).isNotEmpty();
    assertThat(answer.http().body()).doesNotContain("Exception").doesNotContain("\tat ");
  }

  private Map<String, String> forgedTokens() throws GeneralSecurityException {
    String user = customer.userId().toString();
    Map<String, String> tokens = new LinkedHashMap<>();
    String genuine = customer.token();
    String[] parts = genuine.split("\\.", -1);
    tokens.put("no token at all", "x");
    tokens.put("cut off", parts[0] + "." + parts[1] + ".");
    tokens.put("claims changed", parts[0] + "." + claims(user, "sandbox") + "." + parts[2]);
    tokens.put("alg none", encode("{\"alg\":\"none\"}") + "." + claims(user, "sandbox") + ".");
    tokens.put(
        "expired", SandboxKeys.sign(Jwt.claims().subject(user).issuer("sandbox").expiresAt(1)));
    tokens.put(
        "wrong issuer",
        SandboxKeys.sign(
            Jwt.claims().subject(user).issuer("elsewhere").expiresIn(Duration.ofHours(1))));
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    tokens.put(
        "another key",
        Jwt.claims()
            .subject(user)
            .issuer("sandbox")
            .expiresIn(Duration.ofHours(1))
            .jws()
            .keyId("sandbox")
            .sign(generator.generateKeyPair().getPrivate()));
    for (String secret :
        new String[] {
          SandboxKeys.publicKey(),
          new String(
              Base64.getDecoder().decode(SandboxKeys.publicKey()), StandardCharsets.ISO_8859_1)
        }) {
      tokens.put("key confusion " + secret.length(), hmac(user, secret));
    }
    return tokens;
  }

  private static String encode(String json) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }

  private static String claims(String user, String issuer) {
    return encode(
        "{\"sub\":\"%s\",\"iss\":\"%s\",\"exp\":4102444800,\"groups\":[\"bookings-internal\"]}"
            .formatted(user, issuer));
  }

  private static String hmac(String user, String secret) throws GeneralSecurityException {
    String content =
        encode("{\"alg\":\"HS256\",\"kid\":\"sandbox\"}") + "." + claims(user, "sandbox");
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.ISO_8859_1), "HmacSHA256"));
    return content
        + "."
        + Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(mac.doFinal(content.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void forgedTokensAreUnauthorizedEverywhere() throws GeneralSecurityException {
    for (Map.Entry<String, String> forged : forgedTokens().entrySet()) {
      for (String path : Set.of("/api/client/my-bookings", "/api/internal/settlements")) {
        assertThat(bookings.get(forged.getValue(), path).outcome())
            .as(forged.getKey())
            .isEqualTo("401 unauthorized");
      }
      refused(
          bookings.post(
              forged.getValue(), session.path(), new JsonObject().put("paymentMethod", "ON_SITE")));
    }
  }

  /** Deny by default: every operation of the document, without a token and with a customer's. */
  @Test
  void everyRouteWantsItsCaller() {
    JsonObject paths =
        bookings
            .send("GET", "/q/openapi", null, null, Map.of("Accept", "application/json"))
            .body()
            .getJsonObject("paths");
    int walked = 0;
    for (String path : paths.fieldNames()) {
      for (String method : paths.getJsonObject(path).fieldNames()) {
        if (!Set.of("get", "post", "put", "delete", "patch").contains(method)) {
          continue;
        }
        walked++;
        String concrete = path.replaceAll("\\{[^}]+}", UUID.randomUUID().toString());
        String body = method.equals("post") ? "{}" : null;
        Answer anonymous =
            bookings.send(
                method.toUpperCase(java.util.Locale.ROOT), concrete, null, body, Map.of());
        if (path.startsWith("/api/client/guest")) {
          assertThat(anonymous.status()).as(path).isIn(400, 404);
        } else {
          anonymous.is("401 unauthorized");
        }
        if (path.startsWith("/api/internal")) {
          bookings
              .send(
                  method.toUpperCase(java.util.Locale.ROOT),
                  concrete,
                  customer.token(),
                  body,
                  Map.of())
              .is("403 forbidden");
        }
      }
    }
    assertThat(walked).isGreaterThan(14);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"paymentMethod\":\"ON_SITE\",\"expectedTotal\":NaN}",
        "{\"paymentMethod\":\"ON_SITE\",\"expectedTotal\":\"NaN\"}",
        "{\"paymentMethod\":\"ON_SITE\",\"expectedTotal\":1e999999999}",
        "{\"paymentMethod\":\"ON_SITE\",\"expectedTotal\":\"1e9\"}",
        "{\"paymentMethod\":\"ON_SITE\",\"expectedTotal\":\"-1.00\"}",
        "{\"paymentMethod\":\"ON_SITE\",\"extras\":[{\"extraId\":\"x' OR '1'='1\"}]}",
        "{\"paymentMethod\":\"ON_SITE\",\"entitlementId\":\"'; DROP TABLE bookings.bookings; --\"}",
        "{\"paymentMethod\":\"ON_SITE\",\"paymentMethod\":\"ON_SITE\"}",
        "{\"paymentMethod\":[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]}",
        "{\"paymentMethod\":\"CARD\",\"resultUrl\":\"javascript:alert(1)\"}",
        "{\"paymentMethod\":\"CARD\",\"resultUrl\":\"file:///etc/passwd\"}",
        "{\"paymentMethod\":\"CARD\",\"resultUrl\":\"http://127.0.0.1/admin\"}",
        "{\"paymentMethod\":\"CARD\",\"resultUrl\":\"http://[::1]/\"}",
        "{\"paymentMethod\":\"CARD\",\"resultUrl\":\"http://10.1.2.3/\"}",
        "{\"paymentMethod\":\"CARD\",\"resultUrl\":\"http://192.168.0.1/\"}",
        "{\"paymentMethod\":\"CARD\",\"resultUrl\":\"http://169.254.169.254/latest\"}",
        "{\"paymentMethod\":\"CARD\",\"resultUrl\":\"http://localhost/\"}",
        "{\"paymentMethod\":\"CARD\",\"resultUrl\":\"http://user:pw@shop.example/\"}",
        "{\"paymentMethod\":\"CARD\",\"resultUrl\":\"http://shop.example/\\r\\nSet-Cookie: a=b\"}"
      })
  void hostileBodiesAreRefused(String body) {
    refused(bookings.send("POST", session.path(), customer.token(), body, Map.of()));
  }

  @Test
  void deeplyNestedJsonIsRefused() {
    String nested = "[".repeat(5000) + "]".repeat(5000);
    refused(
        bookings.send(
            "POST",
            session.path(),
            customer.token(),
            "{\"paymentMethod\":\"ON_SITE\",\"extras\":" + nested + "}",
            Map.of()));
    refused(
        bookings.send(
            "POST",
            "/api/internal/events",
            Service.NEIGHBOURS.serviceToken(),
            "{\"data\":" + nested + "}",
            Map.of("Content-Type", "application/cloudevents+json")));
  }

  @Test
  void invalidUtf8AndControlCharactersAreRefused() throws IOException {
    byte[] body = "{\"paymentMethod\":\"ON_SITE\u00ff\"}".getBytes(StandardCharsets.ISO_8859_1);
    assertThat(raw(body, "Content-Length: " + body.length)).startsWith("HTTP/1.1 400");
    refused(
        bookings.send(
            "POST",
            session.path(),
            customer.token(),
            "{\"paymentMethod\":\"ON_SITE\u0001\"}",
            Map.of()));
  }

  @Test
  void tenMegabytesAreNotRead() throws IOException {
    byte[] body = "[".repeat(10_485_760).getBytes(StandardCharsets.US_ASCII);
    tooLarge(raw(body, "Content-Length: 10485760"));
    String chunk = "3e8\r\n" + " ".repeat(1000) + "\r\n";
    byte[] chunked = (chunk.repeat(10_000) + "0\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
    tooLarge(raw(chunked, "Transfer-Encoding: chunked"));
    byte[] justOver = (chunk.repeat(66) + "0\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
    tooLarge(raw(justOver, "Transfer-Encoding: chunked"));
  }

  private static void tooLarge(String answer) {
    assertThat(answer)
        .startsWith("HTTP/1.1 413")
        .containsIgnoringCase("content-type: application/problem+json")
        .contains("\"type\":\"urn:bookings:problem:content-too-large\"");
  }

  @Test
  void aChunkedBodyIsReadLikeAnyOther() throws IOException {
    byte[] body =
        "f\r\n{\"paymentMethod\r\nb\r\n\":\"BARTER\"}\r\n0\r\n\r\n"
            .getBytes(StandardCharsets.US_ASCII);
    assertThat(raw(body, "Transfer-Encoding: chunked"))
        .startsWith("HTTP/1.1 400")
        .contains("\"field\":\"paymentMethod\"");
  }

  /** One byte now and then keeps the connection busy; the whole body has 15 seconds. */
  @Test
  void aBodyThatTricklesIsCutOff() throws IOException {
    ScheduledExecutorService trickle = Executors.newSingleThreadScheduledExecutor();
    try (Socket socket = new Socket("localhost", 8081)) {
      socket.setSoTimeout(40_000);
      socket.getOutputStream().write(head("Content-Length: 1000"));
      var trickling = trickle.scheduleAtFixedRate(() -> send(socket), 0, 1, TimeUnit.SECONDS);
      assertThat(new String(drain(socket), StandardCharsets.UTF_8)).isEmpty();
      trickling.cancel(false);
    } finally {
      trickle.shutdownNow();
    }
  }

  /** What comes before any reader of a request has looked at it is a problem document, too. */
  @ParameterizedTest
  @CsvSource({
    "HTTP/1.0, , , 401",
    "HTTP/1.1, , , 400",
    "HTTP/1.1, 'a b', , 400",
    "HTTP/1.1, x:99999, , 400",
    "HTTP/1.1, %zz, , 400",
    "HTTP/1.1, [::1]:8081, , 401",
    "HTTP/1.1, localhost, '', 415",
    "HTTP/1.1, localhost, nonsense, 415",
    "HTTP/1.1, localhost, application/, 415",
    "HTTP/1.1, localhost, application/json; charset=utf-8, 401"
  })
  void hostsAndMediaTypesAreWellFormed(String version, String host, String contentType, int status)
      throws IOException {
    try (Socket socket = new Socket("localhost", 8081)) {
      socket.setSoTimeout(20_000);
      String request =
          "GET /api/client/my-bookings "
              + version
              + "\r\n"
              + (host == null ? "" : "Host: " + host + "\r\n")
              + (contentType == null ? "" : "Content-Type: " + contentType + "\r\n")
              + "Connection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      assertThat(new String(drain(socket), StandardCharsets.UTF_8))
          .matches("(?s)HTTP/1\\.[01] " + status + " .*")
          .containsIgnoringCase("content-type: application/problem+json")
          .contains("\"type\":\"urn:bookings:problem:");
    }
  }

  private static void send(Socket socket) {
    try {
      socket.getOutputStream().write(' ');
    } catch (IOException closed) {
      throw new UncheckedIOException(closed);
    }
  }

  private String raw(byte[] body, String header) throws IOException {
    try (Socket socket = new Socket("localhost", 8081)) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(head(header));
      try {
        socket.getOutputStream().write(body);
      } catch (IOException refusedMeanwhile) {
        assertThat(body).hasSizeGreaterThan(64 * 1024);
      }
      return new String(drain(socket), StandardCharsets.UTF_8);
    }
  }

  private byte[] head(String header) {
    return ("POST %s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\n"
                .formatted(session.path(), customer.token())
            + "Content-Type: application/json\r\nConnection: close\r\n"
            + header
            + "\r\n\r\n")
        .getBytes(StandardCharsets.US_ASCII);
  }

  /** Everything until the other side closes, or cuts off. */
  private static byte[] drain(Socket socket) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    byte[] part = new byte[8192];
    try {
      for (int n = 0; n >= 0; n = socket.getInputStream().read(part)) {
        all.write(part, 0, n);
      }
    } catch (SocketException cutOff) {
      assertThat(cutOff).hasMessageContaining("reset");
    }
    return all.toByteArray();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/client/my-bookings?cursor=' OR 1=1 --",
        "/api/client/my-bookings?status=CONFIRMED'%3B DROP TABLE bookings.bookings%3B--",
        "/api/client/my-bookings?from=2026-01-01T00:00:00Z' OR '1'='1",
        "/api/client/my-bookings?limit=1 UNION SELECT 1",
        "/api/client/bookings/' OR '1'='1",
        "/api/client/bookings/..%2F..%2Fetc%2Fpasswd",
        "/api/client/companies/%00/bookings",
        "/api/client/bookings/%0d%0aSet-Cookie:%20a=b"
      })
  void injectionIsRefused(String path) {
    String encoded = path.replace(" ", "%20").replace("'", "%27");
    Answer answer = bookings.get(customer.token(), encoded);
    refused(answer);
    assertThat(answer.header("Set-Cookie")).isEmpty();
  }

  @Test
  void aHeaderIsBounded() throws IOException {
    byte[] body = "{}".getBytes(StandardCharsets.US_ASCII);
    String header = "Content-Length: 2\r\nX-Long: " + "x".repeat(20_000);
    assertThat(raw(body, header)).startsWith("HTTP/1.1 4");
  }

  @Test
  void idsOfOthersAreNotThere() {
    Scene other = Service.scene();
    Scene.Session theirs = other.session();
    String path = "/api/client/companies/" + scene.company + "/sessions/" + theirs.id + "/bookings";
    bookings
        .post(customer.token(), path, new JsonObject().put("paymentMethod", "ON_SITE"))
        .is("404 session-not-found");
    bookings
        .post(
            null,
            path.replace("/client/", "/client/guest/"),
            new JsonObject().put("paymentMethod", "ON_SITE").put("email", "a@example.com"))
        .is("404 session-not-found");
  }

  @Test
  void hugeListsAreRefused() {
    JsonArray extras = new JsonArray();
    for (int i = 0; i < 51; i++) {
      extras.add(new JsonObject().put("extraId", session.towel.toString()));
    }
    refused(
        bookings.post(
            customer.token(),
            session.path(),
            new JsonObject().put("paymentMethod", "ON_SITE").put("extras", extras)));
  }

  @Test
  void theApiTellsBrowsersNothing() {
    Answer answer = bookings.get(customer.token(), "/api/client/my-bookings");
    assertThat(answer.header("X-Content-Type-Options")).contains("nosniff");
    assertThat(answer.header("Cache-Control")).contains("no-store");
    assertThat(answer.header("Content-Security-Policy").orElseThrow())
        .contains("default-src 'none'");
    Answer preflight =
        bookings.send(
            "OPTIONS",
            "/api/client/my-bookings",
            null,
            null,
            Map.of("Origin", "https://evil.example", "Access-Control-Request-Method", "GET"));
    assertThat(preflight.header("Access-Control-Allow-Origin")).isEmpty();
  }
}
