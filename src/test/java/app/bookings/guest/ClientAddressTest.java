package app.bookings.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.bookings.BookingsConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * engineering.md, "Edges": the client's address, resolved from the right through trusted proxies.
 */
class ClientAddressTest {

  private static ClientAddress trusting(String cidrs) {
    BookingsConfig config =
        new SmallRyeConfigBuilder()
            .addDefaultInterceptors()
            .withMapping(BookingsConfig.class)
            .withDefaultValues(
                Map.of("bookings.trusted-proxies", cidrs, "bookings.token-secret", "x".repeat(32)))
            .build()
            .getConfigMapping(BookingsConfig.class);
    return new ClientAddress(config);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // peer | X-Forwarded-For | client
        "203.0.113.9 | | 203.0.113.9",
        "203.0.113.9 | 198.51.100.1 | 203.0.113.9",
        "10.0.0.1 | | 10.0.0.1",
        "10.0.0.1 | 198.51.100.1 | 198.51.100.1",
        "10.0.0.1 | 1.1.1.1, 198.51.100.1 | 198.51.100.1",
        "10.0.0.1 | 1.1.1.1, 198.51.100.1, 10.0.0.2 | 198.51.100.1",
        "10.0.0.1 | 10.0.0.7, 10.0.0.2 | 10.0.0.7",
        "10.0.0.1 | nonsense, 10.0.0.2 | 10.0.0.2",
        "10.0.0.1 | localhost | 10.0.0.1",
        "fd00::1 | 2001:db8:1:2:3:4:5:6 | 2001:db8:1:2::/64",
        "2001:db8:1:2:aaaa::1 | | 2001:db8:1:2::/64",
        "2001:db8:1:3:aaaa::1 | 9.9.9.9 | 2001:db8:1:3::/64"
      })
  void isTheFirstFromTheRightThatIsNoTrustedProxy(String peer, String header, String client) {
    List<String> values = header == null ? List.of() : List.of(header);
    assertThat(trusting("10.0.0.0/8,fd00::/8").of(peer, values)).isEqualTo(client);
  }

  @Test
  void headersAddUpInTheirOrder() {
    assertThat(trusting("10.0.0.0/8").of("10.0.0.1", List.of("1.1.1.1", "2.2.2.2, 10.0.0.3")))
        .isEqualTo("2.2.2.2");
  }

  @ParameterizedTest
  @CsvSource({"10.0.0.0", "proxy.example/8", "10.0.0.0/x"})
  void aMalformedSettingNamesItself(String cidr) {
    assertThatThrownBy(() -> trusting(cidr)).hasMessageContaining("BOOKINGS_TRUSTED_PROXIES");
  }
}
