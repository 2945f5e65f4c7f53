package app.bookings.http;

import static org.assertj.core.api.Assertions.assertThat;

import app.bookings.testsupport.Fast;
import java.net.URI;
import java.net.URISyntaxException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * security.md, "Input", resultUrl: a host is judged as an address in every form that a browser or a
 * resolver takes for one. No name server is asked: names of nowhere pass.
 */
@Fast
class ResultUrlTest {

  private static boolean passes(String host) {
    try {
      String read = new URI("https://" + host + "/done").getHost();
      return read != null && PublicHost.is(read);
    } catch (URISyntaxException malformed) {
      return false;
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // 127.0.0.1
        "127.0.0.1",
        "127.0.0.1.",
        "127.1",
        "127.0.1",
        "2130706433",
        "2130706433.",
        "017700000001",
        "0177.0.0.1",
        "0177.0.0.01",
        "0x7f.0.0.1",
        "0x7f000001",
        "0X7F000001",
        "0x7f.1",
        "0x00000000000000007f000001",
        "127.0.0x0.1",
        "[::1]",
        "[0:0:0:0:0:0:0:1]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[::127.0.0.1]",
        "localhost",
        "LOCALHOST",
        "localhost.",
        "shop.localhost",
        "shop.localhost.",
        "localhost.localdomain",
        "bookings.default.svc",
        "kubernetes.default",
        "payments.consul",
        "shop.test",
        // private, shared, link-local, of documentation, multicast, reserved
        "0.0.0.0",
        "0",
        "10.1.2.3",
        "167837955",
        "012.1.2.3",
        "100.64.0.1",
        "100.127.255.254",
        "1681915905",
        "169.254.169.254",
        "2852039166",
        "0xa9fea9fe",
        "0251.0376.0251.0376",
        "169.254.43518",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.1",
        "192.0.2.1",
        "192.168.0.1",
        "198.18.0.1",
        "198.51.100.1",
        "203.0.113.1",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "4294967295",
        // no address, though it looks like one
        "4294967296",
        "256.0.0.1",
        "1.2.3.4.5",
        "0x",
        "08",
        "1..1",
        "999999999999999999999",
        // IPv6: private, link-local, site-local, NAT64, 6to4, Teredo, of documentation, multicast
        "[::]",
        "[fc00::1]",
        "[fd12:3456::1]",
        "[fe80::1]",
        "[fe80::1%25eth0]",
        "[fec0::1]",
        "[64:ff9b::7f00:1]",
        "[64:ff9b::10.0.0.1]",
        "[64:ff9b::8.8.8.8]",
        "[64:ff9b:1::1]",
        "[2002:7f00:1::1]",
        "[2001::1]",
        "[2001:db8::1]",
        "[3fff::1]",
        "[100::1]",
        "[ff02::1]",
        "[::ffff:10.0.0.1]",
        "[::ffff:100.64.0.1]",
        // names that only a private network has
        "payments",
        "payments.",
        "metadata.google.internal",
        "printer.local",
        "router.home.arpa",
        // other forms of hosts
        "127.0.0.1%2eexample",
        "\u0661\u0662\u0667.0.0.1",
        "\uff11\uff12\uff17.0.0.1",
        "127\u30020\u30020\u30021",
        "",
        "."
      })
  void whatIsNotPublicIsRefused(String host) {
    assertThat(passes(host)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "shop.example",
        "SHOP.example.",
        "a.b.c.shop.example",
        "no-such-host-anywhere.example",
        "127.0.0.1.example",
        "1.shop",
        "8.8.8.8",
        "134744072",
        "010.8.8.8",
        "172.32.0.1",
        "100.128.0.1",
        "[2606:4700::1111]",
        "[::ffff:8.8.8.8]"
      })
  void whatIsPublicPasses(String host) {
    assertThat(passes(host)).isTrue();
  }
}
