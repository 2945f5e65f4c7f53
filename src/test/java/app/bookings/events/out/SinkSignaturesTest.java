package app.bookings.events.out;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.bookings.platform.BookingsConfig;
import app.bookings.platform.Secrets;
import app.bookings.platform.Sinks;
import app.bookings.platform.WebhookSignature;
import app.bookings.testsupport.Fast;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A secret for each sink, lists of them while one is replaced, and what is wrong said at once. */
@Fast
class SinkSignaturesTest {

  private static final String OLD = "the old secret of 32 bytes or more";
  private static final String NEW = "the new secret of 32 bytes or more";
  private static final String OWN = "whsec_dGhlIHNpbmsncyBvd24gc2VjcmV0LCAzMiBieXRlcw==";
  private static final String SINKS = "https://a.example/in,https://b.example:8443/in?x=1";

  private static SinkSignatures signatures(Map<String, String> settings) {
    BookingsConfig config =
        new SmallRyeConfigBuilder()
            .withMapping(BookingsConfig.class)
            .withDefaultValue("bookings.token-secret", NEW)
            .withDefaultValues(settings)
            .build()
            .getConfigMapping(BookingsConfig.class);
    return new SinkSignatures(new Sinks(config), config);
  }

  private static boolean genuine(SinkSignatures signatures, String sink, String secret) {
    String header = signatures.of(sink).sign("msg_1", "17", "{}");
    return new WebhookSignature(Secrets.ofWebhooks("a secret", List.of(secret)))
        .genuine(header, "msg_1", "17", "{}");
  }

  @Test
  void eachSinkHasItsOwnOrTheCommonOne() {
    SinkSignatures signatures =
        signatures(
            Map.of(
                "bookings.event-sinks", SINKS,
                "bookings.event-secret", NEW,
                "bookings.event-sink-secrets", "b.example:8443=" + OWN));
    assertThat(genuine(signatures, "https://a.example/in", NEW)).isTrue();
    assertThat(genuine(signatures, "https://a.example/in", OWN)).isFalse();
    assertThat(genuine(signatures, "https://b.example:8443/in?x=1", OWN)).isTrue();
    assertThat(genuine(signatures, "https://b.example:8443/in?x=1", NEW)).isFalse();
  }

  /** Whoever receives knows one of the two, and the next one comes first. */
  @Test
  void whileASecretIsReplacedBothSign() {
    SinkSignatures signatures =
        signatures(Map.of("bookings.event-sinks", SINKS, "bookings.event-secret", NEW + "," + OLD));
    assertThat(genuine(signatures, "https://a.example/in", NEW)).isTrue();
    assertThat(genuine(signatures, "https://a.example/in", OLD)).isTrue();
    assertThat(signatures.of("https://a.example/in").sign("msg_1", "17", "{}"))
        .startsWith(
            new WebhookSignature(Secrets.ofWebhooks("a secret", List.of(NEW)))
                .sign("msg_1", "17", "{}"));
  }

  @ParameterizedTest
  @CsvSource({
    "a.example=guessable, BOOKINGS_EVENT_SINK_SECRETS: too short",
    "a.example, BOOKINGS_EVENT_SINK_SECRETS: pairs",
    "c.example=the secret of a sink that is not there, BOOKINGS_EVENT_SINKS needs"
  })
  void whatIsWrongIsNamed(String pairs, String message) {
    assertThatThrownBy(
            () ->
                signatures(
                    Map.of(
                        "bookings.event-sinks",
                        "https://a.example/in",
                        "bookings.event-sink-secrets",
                        pairs)))
        .hasMessageContaining(message)
        .hasMessageNotContaining("guessable");
  }
}
