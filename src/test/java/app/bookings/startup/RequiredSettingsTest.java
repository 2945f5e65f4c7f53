package app.bookings.startup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** api.md, "Configuration": what is missing is named. */
class RequiredSettingsTest {

  private static final String LONG_ENOUGH = "x".repeat(32);

  /** What has a default is not set. */
  private static String allSet(String name) {
    return name.equals("DB_SSL_MODE") || name.equals("DB_CA_FILE") ? null : LONG_ENOUGH;
  }

  @ParameterizedTest
  @CsvSource({
    "prefer, , DB_SSL_MODE: must be",
    "verify-full, , DB_CA_FILE: not set",
    "verify-ca, , DB_CA_FILE: not set",
    "verify-ca, /not/there, DB_CA_FILE: can't be read",
    "require, /not/there, DB_CA_FILE: can't be read"
  })
  void whatDoesNotFitOfTheDatabasesEncryptionIsNamed(String mode, String file, String said) {
    Map<String, String> encryption = new HashMap<>();
    encryption.put("DB_SSL_MODE", mode);
    encryption.put("DB_CA_FILE", file);
    String message =
        RequiredSettings.missing(name -> encryption.getOrDefault(name, allSet(name))).orElseThrow();
    assertThat(message.lines().skip(1)).singleElement().asString().contains(said);
  }

  @Test
  void nothingIsMissingWhenAllIsSet() {
    assertThat(RequiredSettings.missing(RequiredSettingsTest::allSet)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DB_HOST",
        "DB_PORT",
        "DB_NAME",
        "DB_USER",
        "DB_PASSWORD",
        "CATALOG_URL",
        "COMPANIES_URL",
        "PASSES_URL",
        "WALLET_URL",
        "PAYMENTS_URL",
        "OIDC_AUTH_SERVER_URL",
        "BOOKINGS_TOKEN_SECRET"
      })
  void theMissingOneIsNamedAndNoOther(String missing) {
    String message =
        RequiredSettings.missing(name -> name.equals(missing) ? null : allSet(name)).orElseThrow();
    assertThat(message.lines().skip(1)).hasSize(1).allMatch(line -> line.contains(missing));
  }

  @Test
  void aShortSecretIsRefused() {
    assertThat(RequiredSettings.missing(name -> "short").orElseThrow())
        .contains("BOOKINGS_TOKEN_SECRET: too short")
        .doesNotContain("short\n  DB");
  }
}
