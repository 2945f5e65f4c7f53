package app.bookings.http.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.bookings.platform.BookingsConfig;
import app.bookings.testsupport.Fast;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * security.md, "Client addresses": the client's address, resolved from the right through trusted
 * proxies.
 */
@Fast
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
        "10.0.0.1 | 198.51.100.1:4711 | 198.51.100.1",
        "10.0.0.1 | 198.51.100.1:4711, 10.0.0.2:80 | 198.51.100.1",
        "10.0.0.1 | 1.1.1.1:1, 198.51.100.1:4711 | 198.51.100.1",
        "10.0.0.1 | 198.51.100.1:, 10.0.0.2 | 10.0.0.2",
        "10.0.0.1 | 198.51.100.1:123456, 10.0.0.2 | 10.0.0.2",
        "10.0.0.1 | :80 | 10.0.0.1",
        "10.0.0.1 | [2001:db8:1:2::7]:4711 | 2001:db8:1:2::/64",
        "10.0.0.1 | [2001:db8:1:2::7] | 2001:db8:1:2::/64",
        "10.0.0.1 | [2001:db8:1:2::7]:x | 10.0.0.1",
        "10.0.0.1 | ::ffff:198.51.100.1 | 198.51.100.1",
        "10.0.0.1 | [::ffff:198.51.100.1]:4711 | 198.51.100.1",
        "::ffff:10.0.0.1 | 198.51.100.1 | 198.51.100.1",
        "fd00::1 | 2001:db8:1:2:3:4:5:6 | 2001:db8:1:2::/64",
        "2001:db8:1:2:aaaa::1 | | 2001:db8:1:2::/64",
        "2001:db8:1:3:aaaa::1 | 9.9.9.9 | 2001:db8:1:3::/64"
      })
  void isTheFirstFromTheRightThatIsNoTrustedProxy(String peer, String header, String client) {
    List<String> values = header == null ? List.of() : List.of(header);
    assertThat(trusting("10.0.0.0/8,fd00::/8").of(peer, values)).isEqualTo(client);
  }

  /** What has all its first bits set is in no range for that. */
  @Test
  void aRangeIsNoMoreThanItSays() {
    ClientAddress addresses = trusting("fc00::/7");
    assertThat(addresses.of("fe80::1", List.of("9.9.9.9"))).isEqualTo("fe80::/64");
    assertThat(addresses.of("fd00::1", List.of("9.9.9.9"))).isEqualTo("9.9.9.9");
  }

  @Test
  void headersAddUpInTheirOrder() {
    assertThat(trusting("10.0.0.0/8").of("10.0.0.1", List.of("1.1.1.1", "2.2.2.2, 10.0.0.3")))
        .isEqualTo("2.2.2.2");
  }

  @ParameterizedTest
  @CsvSource({"10.0.0.0", "proxy.example/8", "10.0.0.0/x", "10.0.0.0/33", "fd00::/129"})
  void aMalformedSettingNamesItself(String cidr) {
    assertThatThrownBy(() -> trusting(cidr)).hasMessageContaining("BOOKINGS_TRUSTED_PROXIES");
  }
}
