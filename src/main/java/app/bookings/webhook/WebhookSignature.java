package app.bookings.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signatures as in the Standard Webhooks specification: HMAC-SHA-256 over id, timestamp (seconds)
 * and body. A secret is {@code whsec_} and Base64, or the bytes of any other text.
 */
public final class WebhookSignature {

  private static final String ALGORITHM = "HmacSHA256";
  private static final String SECRET_PREFIX = "whsec_";
  private static final String VERSION = "v1,";

  private final SecretKeySpec key;

  public WebhookSignature(String secret) {
    byte[] bytes =
        secret.startsWith(SECRET_PREFIX)
            ? Base64.getDecoder().decode(secret.substring(SECRET_PREFIX.length()))
            : secret.getBytes(StandardCharsets.UTF_8);
    this.key = new SecretKeySpec(bytes, ALGORITHM);
  }

  /** The value of {@code webhook-signature}. */
  public String sign(String id, String timestamp, String body) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      byte[] content = (id + "." + timestamp + "." + body).getBytes(StandardCharsets.UTF_8);
      return VERSION + Base64.getEncoder().encodeToString(mac.doFinal(content));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Whether one of the signatures, separated by spaces, is genuine. */
  public boolean genuine(String signatures, String id, String timestamp, String body) {
    byte[] expected = sign(id, timestamp, body).getBytes(StandardCharsets.US_ASCII);
    boolean genuine = false;
    for (String signature : signatures.split(" ", -1)) {
      genuine |= MessageDigest.isEqual(signature.getBytes(StandardCharsets.US_ASCII), expected);
    }
    return genuine;
  }
}
