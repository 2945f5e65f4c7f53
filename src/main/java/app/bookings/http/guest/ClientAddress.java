package app.bookings.http.guest;

import app.bookings.http.AddressRange;
import app.bookings.platform.BookingsConfig;
import io.netty.util.NetUtil;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a request comes from. {@code X-Forwarded-For} counts only when the peer is a trusted proxy,
 * and is read from the right to the first address that is none, since whatever stands further left
 * may be forged (security.md, "Client addresses"). IPv6 clients are told apart by their /64.
 */
@ApplicationScoped
class ClientAddress {

  private static final int NETWORK_BYTES = 8;

  /** {@code 198.51.100.1:4711} and {@code [2001:db8::1]:4711}, in brackets without a port, too. */
  private static final Pattern HOP =
      Pattern.compile("\\[([0-9a-fA-F:.]+)](?::\\d{1,5})?|(\\d{1,3}(?:\\.\\d{1,3}){3}):\\d{1,5}");

  private final List<AddressRange> trusted;

  ClientAddress(BookingsConfig config) {
    this.trusted =
        config.trustedProxies().orElse(List.of()).stream().map(ClientAddress::range).toList();
  }

  private static AddressRange range(String cidr) {
    try {
      return AddressRange.of(cidr);
    } catch (IllegalArgumentException malformed) {
      throw new IllegalArgumentException(
          "BOOKINGS_TRUSTED_PROXIES: " + malformed.getMessage(), malformed);
    }
  }

  /** Some proxies write the client's port as well. */
  private static InetAddress hop(String text) {
    Matcher parts = HOP.matcher(text);
    return parts.matches()
        ? AddressRange.address(parts.group(1) == null ? parts.group(2) : parts.group(1))
        : AddressRange.address(text);
  }

  /**
   * The client's address, or for IPv6 its network.
   *
   * @param peer the other end of the connection
   * @param forwardedFor the header's values in their order
   */
  String of(String peer, List<String> forwardedFor) {
    InetAddress address = AddressRange.address(peer);
    if (address == null) {
      return peer;
    }
    List<String> hops =
        forwardedFor.stream().flatMap(value -> Arrays.stream(value.split(",", -1))).toList();
    for (int i = hops.size() - 1; i >= 0 && isTrusted(address); i--) {
      InetAddress before = hop(hops.get(i).strip());
      if (before == null) {
        break;
      }
      address = before;
    }
    return network(address);
  }

  private boolean isTrusted(InetAddress address) {
    return trusted.stream().anyMatch(range -> range.contains(address));
  }

  private static String network(InetAddress address) {
    return address instanceof Inet6Address
        ? NetUtil.bytesToIpAddress(
                Arrays.copyOf(Arrays.copyOf(address.getAddress(), NETWORK_BYTES), 16))
            + "/64"
        : address.getHostAddress();
  }
}
