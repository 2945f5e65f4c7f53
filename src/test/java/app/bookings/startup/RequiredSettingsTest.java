package app.bookings.startup;

import static org.assertj.core.api.Assertions.assertThat;

import app.bookings.testsupport.Fast;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** configuration.md, "Settings": what is missing is named. */
@Fast
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

  /** Each secret, alone and as the second of a list: named, and never printed. */
  @ParameterizedTest
  @CsvSource({
    "BOOKINGS_TOKEN_SECRET, guessable, too short",
    "BOOKINGS_TOKEN_SECRET, change-me-to-at-least-32-random-bytes, placeholder",
    "BOOKINGS_EVENT_SECRET, guessable, too short",
    "BOOKINGS_EVENT_SECRET, whsec_Z3Vlc3NhYmxl, too short",
    "BOOKINGS_EVENT_SECRET, whsec_guessable!, not Base64",
    "BOOKINGS_INBOUND_EVENT_SECRET, guessable, too short",
    "BOOKINGS_INBOUND_EVENT_SECRET, change-me-to-at-least-32-random-bytes, placeholder"
  })
  void aBadSecretIsRefused(String setting, String secret, String why) {
    for (String value : List.of(secret, LONG_ENOUGH + "," + secret)) {
      String message =
          RequiredSettings.missing(name -> name.equals(setting) ? value : allSet(name))
              .orElseThrow();
      assertThat(message.lines().skip(1)).hasSize(1);
      assertThat(message).contains(setting).contains(why).doesNotContain(secret);
    }
  }

  /** Two references that are both empty are no secret, and not the absence of one. */
  @ParameterizedTest
  @ValueSource(
      strings = {"BOOKINGS_TOKEN_SECRET", "BOOKINGS_EVENT_SECRET", "BOOKINGS_INBOUND_EVENT_SECRET"})
  void commasAreNoSecrets(String setting) {
    assertThat(
            RequiredSettings.missing(name -> name.equals(setting) ? "," : allSet(name))
                .orElseThrow())
        .contains(setting + ": too short");
  }

  @Test
  void aWebhooksSecretIsNoBook() {
    assertThat(
            RequiredSettings.missing(
                    name -> name.equals("BOOKINGS_EVENT_SECRET") ? "x".repeat(65) : allSet(name))
                .orElseThrow())
        .contains("BOOKINGS_EVENT_SECRET: too long");
  }

  /** Whoever copies the example and changes nothing does not start. */
  @Test
  void theExamplesSecretsAreRefused() throws IOException {
    String example = Files.readString(Path.of("src/main/kubernetes/secret.example.yaml"));
    String secret = example.replaceAll("(?s).*BOOKINGS_TOKEN_SECRET: (\\S+).*", "$1");
    assertThat(
            RequiredSettings.missing(
                    name -> name.equals("BOOKINGS_TOKEN_SECRET") ? secret : allSet(name))
                .orElseThrow())
        .contains("BOOKINGS_TOKEN_SECRET: is the placeholder");
  }
}
