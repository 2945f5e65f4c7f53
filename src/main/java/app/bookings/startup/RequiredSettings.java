package app.bookings.startup;

import app.bookings.database.Encryption;
import app.bookings.platform.Secrets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * Settings without a default in production (configuration.md, "Settings"). They are checked before
 * anything starts, so that a missing one is named at once, and all of them together.
 */
final class RequiredSettings {

  private static final String TOKEN_SECRET = "BOOKINGS_TOKEN_SECRET";
  private static final int SECRET_BYTES = 32;
  private static final List<String> WEBHOOK_SECRETS =
      List.of("BOOKINGS_EVENT_SECRET", "BOOKINGS_INBOUND_EVENT_SECRET");

  private static final Map<String, String> NEEDED = new LinkedHashMap<>();

  static {
    NEEDED.put("DB_HOST", "host of the PostgreSQL server");
    NEEDED.put("DB_PORT", "its port");
    NEEDED.put("DB_NAME", "name of the database");
    NEEDED.put("DB_USER", "user to connect as");
    NEEDED.put("DB_PASSWORD", "that user's password");
    NEEDED.put("CATALOG_URL", "base URL of the catalog service");
    NEEDED.put("COMPANIES_URL", "base URL of the companies service");
    NEEDED.put("PASSES_URL", "base URL of the passes service");
    NEEDED.put("WALLET_URL", "base URL of the wallet service");
    NEEDED.put("PAYMENTS_URL", "base URL of the payments service");
    NEEDED.put("OIDC_AUTH_SERVER_URL", "issuer of the callers' tokens");
    NEEDED.put(TOKEN_SECRET, "signs booking tokens; at least 32 bytes");
  }

  private RequiredSettings() {}

  static Optional<String> missing() {
    return missing(RequiredSettings::set);
  }

  /** What a run that only migrates needs: the database. */
  static Optional<String> missingToMigrate() {
    return missing(RequiredSettings::set, name -> name.startsWith("DB_"));
  }

  private static String set(String name) {
    String property = System.getProperty(name);
    return property == null ? System.getenv(name) : property;
  }

  /** What to tell the operator, or nothing when all is there. */
  static Optional<String> missing(UnaryOperator<String> settings) {
    return missing(settings, name -> true);
  }

  private static Optional<String> missing(
      UnaryOperator<String> settings, Predicate<String> needed) {
    List<String> lines = new ArrayList<>();
    NEEDED.forEach(
        (name, meaning) -> {
          if (!needed.test(name)) {
            return;
          }
          String value = settings.apply(name);
          if (value == null || value.isBlank()) {
            lines.add("  " + name + ": not set (" + meaning + ")");
          }
        });
    if (needed.test(TOKEN_SECRET)) {
      secrets(settings).forEach(line -> lines.add("  " + line));
    }
    Encryption.mistakes(settings).forEach(mistake -> lines.add("  " + mistake));
    return lines.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "The bookings service can't start. Set in the environment:\n"
                + String.join("\n", lines));
  }

  /** What is wrong with secrets that are set; nothing of them is said. */
  private static List<String> secrets(UnaryOperator<String> settings) {
    List<String> wrong = new ArrayList<>();
    if (isSet(settings, TOKEN_SECRET)) {
      refused(() -> Secrets.of(TOKEN_SECRET, list(settings, TOKEN_SECRET), SECRET_BYTES))
          .ifPresent(wrong::add);
    }
    for (String name : WEBHOOK_SECRETS) {
      if (isSet(settings, name)) {
        refused(() -> Secrets.ofWebhooks(name, list(settings, name))).ifPresent(wrong::add);
      }
    }
    return wrong;
  }

  private static boolean isSet(UnaryOperator<String> settings, String name) {
    String value = settings.apply(name);
    return value != null && !value.isBlank();
  }

  private static List<String> list(UnaryOperator<String> settings, String name) {
    String value = settings.apply(name);
    return List.of(value.split(",", -1));
  }

  private static Optional<String> refused(Runnable look) {
    try {
      look.run();
      return Optional.empty();
    } catch (IllegalArgumentException malformed) {
      return Optional.of(malformed.getMessage());
    }
  }
}
