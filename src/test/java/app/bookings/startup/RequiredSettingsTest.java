package app.bookings.startup;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** api.md, "Configuration": what is missing is named. */
class RequiredSettingsTest {

  private static final String LONG_ENOUGH = "x".repeat(32);

  @Test
  void nothingIsMissingWhenAllIsSet() {
    assertThat(RequiredSettings.missing(name -> LONG_ENOUGH)).isEmpty();
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
        RequiredSettings.missing(name -> name.equals(missing) ? null : LONG_ENOUGH).orElseThrow();
    assertThat(message.lines().skip(1)).hasSize(1).allMatch(line -> line.contains(missing));
  }

  @Test
  void aShortSecretIsRefused() {
    assertThat(RequiredSettings.missing(name -> "short").orElseThrow())
        .contains("BOOKINGS_TOKEN_SECRET: too short")
        .doesNotContain("short\n  DB");
  }
}
