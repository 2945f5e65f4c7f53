package app.bookings.platform;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signatures as in the Standard Webhooks specification: HMAC-SHA-256 over id, timestamp (seconds)
 * and body. With several keys there is a signature of each, and one that is genuine will do: so a
 * secret is replaced while messages are under way.
 */
public final class WebhookSignature {

  private static final String ALGORITHM = "HmacSHA256";
  private static final String VERSION = "v1,";

  private final List<SecretKeySpec> keys;

  public WebhookSignature(List<byte[]> keys) {
    this.keys = keys.stream().map(key -> new SecretKeySpec(key, ALGORITHM)).toList();
  }

  /** The value of {@code webhook-signature}. */
  public String sign(String id, String timestamp, String body) {
    byte[] content = (id + "." + timestamp + "." + body).getBytes(StandardCharsets.UTF_8);
    return keys.stream().map(key -> sign(key, content)).collect(Collectors.joining(" "));
  }

  private static String sign(SecretKeySpec key, byte[] content) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return VERSION + Base64.getEncoder().encodeToString(mac.doFinal(content));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Whether one of the signatures, separated by spaces, is genuine. */
  public boolean genuine(String signatures, String id, String timestamp, String body) {
    byte[] content = (id + "." + timestamp + "." + body).getBytes(StandardCharsets.UTF_8);
    boolean genuine = false;
    for (SecretKeySpec key : keys) {
      byte[] expected = sign(key, content).getBytes(StandardCharsets.US_ASCII);
      for (String signature : signatures.split(" ", -1)) {
        genuine |= MessageDigest.isEqual(signature.getBytes(StandardCharsets.US_ASCII), expected);
      }
    }
    return genuine;
  }
}
