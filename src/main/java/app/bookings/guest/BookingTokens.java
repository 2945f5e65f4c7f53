package app.bookings.guest;

import app.bookings.BookingsConfig;
import app.bookings.booking.Booking;
import app.bookings.time.Clock;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Tokens with which a guest reads, pays and cancels one booking (reliability.md, "Security"):
 * HMAC-SHA-256 over booking id and expiry, which is the end of the session and 30 days. The same
 * booking has the same token, so none is stored.
 */
@ApplicationScoped
class BookingTokens {

  private static final String ALGORITHM = "HmacSHA256";
  private static final Duration AFTER_THE_SESSION = Duration.ofDays(30);
  private static final int EXPIRY_BYTES = Long.BYTES;

  private final SecretKeySpec key;
  private final Clock clock;

  BookingTokens(BookingsConfig config, Clock clock) {
    this.key = new SecretKeySpec(config.tokenSecret().getBytes(StandardCharsets.UTF_8), ALGORITHM);
    this.clock = clock;
  }

  String of(Booking booking) {
    long expiry = booking.endsAt().plus(AFTER_THE_SESSION).getEpochSecond();
    byte[] signature = sign(booking.id(), expiry);
    ByteBuffer token = ByteBuffer.allocate(EXPIRY_BYTES + signature.length);
    token.putLong(expiry).put(signature);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(token.array());
  }

  /** Whether it is a token of this booking that has not expired. */
  boolean opens(String token, UUID bookingId) {
    if (token == null) {
      return false;
    }
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(token));
      if (bytes.remaining() <= EXPIRY_BYTES) {
        return false;
      }
      long expiry = bytes.getLong();
      byte[] signature = new byte[bytes.remaining()];
      bytes.get(signature);
      boolean genuine = MessageDigest.isEqual(signature, sign(bookingId, expiry));
      return genuine && clock.now().isBefore(Instant.ofEpochSecond(expiry));
    } catch (IllegalArgumentException malformed) {
      return false;
    }
  }

  private byte[] sign(UUID bookingId, long expiry) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      mac.update(
          ByteBuffer.allocate(3 * Long.BYTES)
              .putLong(bookingId.getMostSignificantBits())
              .putLong(bookingId.getLeastSignificantBits())
              .putLong(expiry)
              .array());
      return mac.doFinal();
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
