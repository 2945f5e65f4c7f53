package app.bookings.http;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** A range of IP addresses, as a CIDR names it. */
public final class AddressRange {

  private final byte[] network;
  private final int bits;

  private AddressRange(byte[] network, int bits) {
    this.network = network;
    this.bits = bits;
  }

  /**
   * Reads a CIDR such as {@code 10.0.0.0/8}.
   *
   * @throws IllegalArgumentException when it is none
   */
  public static AddressRange of(String cidr) {
    String[] parts = cidr.strip().split("/", 2);
    InetAddress network = address(parts[0]);
    int bits =
        parts.length == 2 && parts[1].matches("[0-9]{1,3}") ? Integer.parseInt(parts[1]) : -1;
    if (network == null || bits < 0 || bits > 8 * network.getAddress().length) {
      throw new IllegalArgumentException("'" + cidr + "' is no CIDR such as 10.0.0.0/8");
    }
    return new AddressRange(network.getAddress(), bits);
  }

  /**
   * The address that digits name; null when they name none. An IPv4 address that is written as IPv6
   * is that IPv4 address. Never asks a name server.
   */
  public static InetAddress address(String digits) {
    byte[] bytes = NetUtil.createByteArrayFromIpAddressString(digits);
    return bytes == null ? null : address(bytes);
  }

  static InetAddress address(byte[] bytes) {
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Whether the address is in it. */
  public boolean contains(InetAddress address) {
    byte[] other = address.getAddress();
    if (other.length != network.length) {
      return false;
    }
    for (int bit = 0; bit < bits; bit++) {
      int mask = 0x80 >> (bit % 8);
      if ((other[bit / 8] & mask) != (network[bit / 8] & mask)) {
        return false;
      }
    }
    return true;
  }
}
