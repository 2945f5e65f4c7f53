package app.bookings.http;

import io.netty.util.NetUtil;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Whether a host of a URL is one that anybody on the Internet can reach. An address is judged in
 * every form in which browsers and resolvers read one: {@code 2130706433}, {@code 0177.0.0.1} and
 * {@code 0x7f.1} are 127.0.0.1. Names are judged by what they say; no name server is asked.
 */
final class PublicHost {

  /** Of IANA's registries for special purposes; all that no client elsewhere could mean. */
  private static final List<AddressRange> NOT_PUBLIC =
      Stream.of(
              "0.0.0.0/8",
              "10.0.0.0/8",
              "100.64.0.0/10",
              "127.0.0.0/8",
              "169.254.0.0/16",
              "172.16.0.0/12",
              "192.0.0.0/24",
              "192.0.2.0/24",
              "192.88.99.0/24",
              "192.168.0.0/16",
              "198.18.0.0/15",
              "198.51.100.0/24",
              "203.0.113.0/24",
              "224.0.0.0/3",
              "2001::/23",
              "2001:db8::/32",
              "2002::/16",
              "3fff::/20")
          .map(AddressRange::of)
          .toList();

  /** Beyond it IPv6 has nothing public: not even NAT64, which leads to any IPv4 address. */
  private static final AddressRange GLOBAL_UNICAST = AddressRange.of("2000::/3");

  private static final Set<String> PRIVATE_DOMAINS =
      Set.of(
          "localhost",
          "localdomain",
          "local",
          "internal",
          "intranet",
          "private",
          "lan",
          "home",
          "corp",
          "svc",
          "default",
          "consul",
          "test",
          "invalid",
          "arpa",
          "onion");

  private PublicHost() {}

  /**
   * Judges a host.
   *
   * @param host as {@link java.net.URI#getHost()} has it
   */
  static boolean is(String host) {
    String bare = plain(host);
    if (bare.startsWith("[")) {
      byte[] address =
          NetUtil.createByteArrayFromIpAddressString(bare.substring(1, bare.length() - 1));
      return address != null && address.length == 16 && isPublic(address);
    }
    String last = bare.substring(bare.lastIndexOf('.') + 1);
    if (last.matches("[0-9]+|0x[0-9a-f]*")) {
      byte[] address = numeric(bare);
      return address != null && isPublic(address);
    }
    return bare.contains(".") && !PRIVATE_DOMAINS.contains(last);
  }

  /** In lower case and without the dot at its end, which means the same host. */
  static String plain(String host) {
    String lower = host.toLowerCase(Locale.ROOT);
    return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
  }

  /** As {@code inet_aton} reads it: up to four numbers, the last of which fills what is left. */
  private static byte[] numeric(String text) {
    String[] parts = text.split("\\.", -1);
    if (parts.length > 4) {
      return null;
    }
    long address = 0;
    for (int i = 0; i < parts.length; i++) {
      boolean isLast = i == parts.length - 1;
      int bytes = isLast ? 4 - i : 1;
      long number = number(parts[i]);
      if (number < 0 || number >= 1L << (8 * bytes)) {
        return null;
      }
      address = (address << (8 * bytes)) | number;
    }
    return new byte[] {
      (byte) (address >> 24), (byte) (address >> 16), (byte) (address >> 8), (byte) address
    };
  }

  /** Decimal, octal after 0, hexadecimal after 0x; -1 when it is none, or too large for any. */
  private static long number(String text) {
    if (text.matches("0x[0-9a-f]{0,16}")) {
      String digits = text.substring(2).replaceFirst("^0+", "");
      return digits.length() > 8 ? -1 : digits.isEmpty() ? 0 : Long.parseLong(digits, 16);
    }
    if (text.matches("0[0-7]{0,24}")) {
      String digits = text.replaceFirst("^0+", "");
      return digits.length() > 11 ? -1 : digits.isEmpty() ? 0 : Long.parseLong(digits, 8);
    }
    return text.matches("[1-9][0-9]{0,9}") ? Long.parseLong(text) : -1;
  }

  private static boolean isPublic(byte[] bytes) {
    InetAddress address = AddressRange.address(bytes);
    boolean reachable = address instanceof Inet4Address || GLOBAL_UNICAST.contains(address);
    return reachable && NOT_PUBLIC.stream().noneMatch(range -> range.contains(address));
  }
}
