package app.bookings.platform;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

/**
 * Keys of a setting, which are looked at when the service starts: one that is too short, malformed
 * or an example is named then, and nothing starts. Of several the first signs and all verify, so
 * that a secret can be replaced while the service runs.
 */
public final class Secrets {

  /** Bytes, as the Standard Webhooks specification has it. */
  public static final int LEAST_OF_WEBHOOKS = 24;

  public static final int MOST_OF_WEBHOOKS = 64;

  private static final String ENCODED = "whsec_";
  private static final String PLACEHOLDER = "change-me";

  private Secrets() {}

  /**
   * The keys of a webhook's secrets: {@code whsec_} and Base64, or the bytes of any other text.
   *
   * @throws IllegalArgumentException which names the setting, and nothing of the secret
   */
  public static List<byte[]> ofWebhooks(String setting, List<String> secrets) {
    return each(setting, secrets)
        .map(
            secret ->
                checked(
                    setting,
                    secret,
                    secret.startsWith(ENCODED)
                        ? decoded(setting, secret.substring(ENCODED.length()))
                        : secret.getBytes(StandardCharsets.UTF_8),
                    LEAST_OF_WEBHOOKS,
                    MOST_OF_WEBHOOKS))
        .toList();
  }

  /**
   * The bytes of secrets.
   *
   * @throws IllegalArgumentException which names the setting, and nothing of the secret
   */
  public static List<byte[]> of(String setting, List<String> secrets, int least) {
    return each(setting, secrets)
        .map(
            secret ->
                checked(
                    setting,
                    secret,
                    secret.getBytes(StandardCharsets.UTF_8),
                    least,
                    Integer.MAX_VALUE))
        .toList();
  }

  /** Without the blanks around them; a list of commas is a mistake, and no list. */
  private static Stream<String> each(String setting, List<String> secrets) {
    if (secrets.isEmpty()) {
      throw new IllegalArgumentException(setting + ": holds no secret");
    }
    return secrets.stream().map(String::strip);
  }

  private static byte[] decoded(String setting, String base64) {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException malformed) {
      throw new IllegalArgumentException(setting + ": what follows whsec_ is not Base64");
    }
  }

  private static byte[] checked(String setting, String secret, byte[] key, int least, int most) {
    if (secret.startsWith(PLACEHOLDER)) {
      throw new IllegalArgumentException(setting + ": is the placeholder of the example");
    }
    if (key.length < least) {
      throw new IllegalArgumentException(
          setting + ": too short (at least " + least + " bytes each)");
    }
    if (key.length > most) {
      throw new IllegalArgumentException(setting + ": too long (at most " + most + " bytes each)");
    }
    return key;
  }
}
