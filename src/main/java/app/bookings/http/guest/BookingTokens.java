package app.bookings.http.guest;

import app.bookings.booking.Booking;
import app.bookings.platform.BookingsConfig;
import app.bookings.platform.Clock;
import app.bookings.platform.Secrets;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Tokens with which a guest reads, pays and cancels one booking (security.md, "Booking tokens"):
 * HMAC-SHA-256 over booking id and expiry, which is the end of the session and 30 days, or later
 * where the session was moved. None is stored.
 */
@Startup
@ApplicationScoped
class BookingTokens {

  private static final String ALGORITHM = "HmacSHA256";
  private static final Duration AFTER_THE_SESSION = Duration.ofDays(30);
  private static final int SECRET_BYTES = 32;
  private static final int EXPIRY_BYTES = Long.BYTES;

  /** The first signs, all verify. */
  private final List<SecretKeySpec> keys;

  private final Clock clock;

  BookingTokens(BookingsConfig config, Clock clock) {
    this.keys =
        Secrets.of("BOOKINGS_TOKEN_SECRET", config.tokenSecret(), SECRET_BYTES).stream()
            .map(secret -> new SecretKeySpec(secret, ALGORITHM))
            .toList();
    this.clock = clock;
  }

  /** The token of a booking whose session ends then: the same one every time. */
  String of(UUID bookingId, Instant sessionEndsAt) {
    long expiry = sessionEndsAt.plus(AFTER_THE_SESSION).getEpochSecond();
    byte[] signature = sign(keys.get(0), bookingId, expiry);
    ByteBuffer token = ByteBuffer.allocate(EXPIRY_BYTES + signature.length);
    token.putLong(expiry).put(signature);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(token.array());
  }

  /** When the token says that it expires; empty when it is none of this booking. */
  Optional<Instant> expiry(String token, UUID bookingId) {
    if (token == null) {
      return Optional.empty();
    }
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(token));
      if (bytes.remaining() <= EXPIRY_BYTES) {
        return Optional.empty();
      }
      long expiry = bytes.getLong();
      byte[] signature = new byte[bytes.remaining()];
      bytes.get(signature);
      boolean genuine = false;
      for (SecretKeySpec key : keys) {
        genuine |= MessageDigest.isEqual(signature, sign(key, bookingId, expiry));
      }
      return genuine ? Optional.of(Instant.ofEpochSecond(expiry)) : Optional.empty();
    } catch (IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }

  /**
   * Whether a token with this expiry still opens its booking. A session that was moved takes the
   * tokens of its guests along: they have no other.
   */
  boolean open(Instant expiry, Booking booking) {
    Instant now = clock.now();
    return now.isBefore(expiry) || now.isBefore(booking.session().endsAt().plus(AFTER_THE_SESSION));
  }

  private static byte[] sign(SecretKeySpec key, UUID bookingId, long expiry) {
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
