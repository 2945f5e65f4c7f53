package app.bookings.guest;

import app.bookings.BookingsConfig;
import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import io.netty.util.NetUtil;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;

/**
 * Where a request comes from. {@code X-Forwarded-For} counts only when the peer is a trusted proxy,
 * and is read from the right to the first address that is none, since whatever stands further left
 * may be forged (engineering.md, "Edges"). IPv6 clients are told apart by their /64.
 */
@ApplicationScoped
class ClientAddress {

  private static final int NETWORK_BYTES = 8;

  private final List<IpSubnetFilterRule> trusted;

  ClientAddress(BookingsConfig config) {
    this.trusted =
        config.trustedProxies().orElse(List.of()).stream().map(ClientAddress::rule).toList();
  }

  private static IpSubnetFilterRule rule(String cidr) {
    String[] parts = cidr.strip().split("/", 2);
    if (parts.length != 2 || !parts[1].matches("\\d{1,3}") || literal(parts[0]) == null) {
      throw new IllegalArgumentException(
          "BOOKINGS_TRUSTED_PROXIES: '" + cidr + "' is no CIDR such as 10.0.0.0/8");
    }
    return new IpSubnetFilterRule(
        literal(parts[0]), Integer.parseInt(parts[1]), IpFilterRuleType.ACCEPT);
  }

  /** Never asks a name server: what is no address in digits is none. */
  private static InetAddress literal(String text) {
    return NetUtil.createInetAddressFromIpAddressString(text);
  }

  /**
   * The client's address, or for IPv6 its network.
   *
   * @param peer the other end of the connection
   * @param forwardedFor the header's values in their order
   */
  String of(String peer, List<String> forwardedFor) {
    InetAddress address = literal(peer);
    if (address == null) {
      return peer;
    }
    List<String> hops =
        forwardedFor.stream().flatMap(value -> Arrays.stream(value.split(",", -1))).toList();
    for (int i = hops.size() - 1; i >= 0 && isTrusted(address); i--) {
      InetAddress before = literal(hops.get(i).strip());
      if (before == null) {
        break;
      }
      address = before;
    }
    return network(address);
  }

  private boolean isTrusted(InetAddress address) {
    InetSocketAddress socket = new InetSocketAddress(address, 1);
    return trusted.stream().anyMatch(rule -> rule.matches(socket));
  }

  private static String network(InetAddress address) {
    return address instanceof Inet6Address
        ? NetUtil.bytesToIpAddress(
                Arrays.copyOf(Arrays.copyOf(address.getAddress(), NETWORK_BYTES), 16))
            + "/64"
        : address.getHostAddress();
  }
}
