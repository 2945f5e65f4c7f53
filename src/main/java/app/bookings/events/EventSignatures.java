package app.bookings.events;

import app.bookings.BookingsConfig;
import app.bookings.problem.Problem;
import app.bookings.problem.ProblemType;
import app.bookings.time.Clock;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signatures of inbound events, as in the Standard Webhooks specification: required where a secret
 * is configured, and refused when older than five minutes (reliability.md, "Security").
 */
@ApplicationScoped
class EventSignatures {

  private static final String ALGORITHM = "HmacSHA256";
  private static final String PREFIX = "whsec_";
  private static final Duration WINDOW = Duration.ofMinutes(5);

  private final Optional<SecretKeySpec> key;
  private final Clock clock;

  EventSignatures(BookingsConfig config, Clock clock) {
    this.key =
        config.inboundEventSecret().map(secret -> new SecretKeySpec(bytes(secret), ALGORITHM));
    this.clock = clock;
  }

  private static byte[] bytes(String secret) {
    return secret.startsWith(PREFIX)
        ? Base64.getDecoder().decode(secret.substring(PREFIX.length()))
        : secret.getBytes(StandardCharsets.UTF_8);
  }

  /** Passes, or fails with {@code unauthorized}. */
  void check(HttpHeaders headers, String body) {
    if (key.isEmpty()) {
      return;
    }
    String id = headers.getHeaderString("webhook-id");
    String timestamp = headers.getHeaderString("webhook-timestamp");
    String signatures = headers.getHeaderString("webhook-signature");
    if (id == null || signatures == null || !recent(timestamp)) {
      throw refused();
    }
    byte[] expected = sign(id + "." + timestamp + "." + body);
    for (String signature : signatures.split(" ", -1)) {
      if (signature.startsWith("v1,")
          && MessageDigest.isEqual(
              signature.substring(3).getBytes(StandardCharsets.US_ASCII), expected)) {
        return;
      }
    }
    throw refused();
  }

  private boolean recent(String timestamp) {
    if (timestamp == null || !timestamp.matches("\\d{1,12}")) {
      return false;
    }
    Instant signed = Instant.ofEpochSecond(Long.parseLong(timestamp));
    return Duration.between(signed, clock.now()).abs().compareTo(WINDOW) <= 0;
  }

  private byte[] sign(String content) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key.orElseThrow());
      return Base64.getEncoder().encode(mac.doFinal(content.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static Problem refused() {
    return Problem.of(
        ProblemType.UNAUTHORIZED, "The signature is missing, wrong, or older than five minutes.");
  }
}
