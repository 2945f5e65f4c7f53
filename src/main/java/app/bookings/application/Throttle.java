package app.bookings.application;

import app.bookings.platform.BookingsConfig;
import app.bookings.problem.Problem;
import app.bookings.problem.ProblemType;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * Token buckets in the database, so that they hold over all replicas
 * (0018-an-address-tells-nothing.md, "Decision"): one statement takes a token and says when there
 * will be one. Keys are hashed: neither addresses nor contacts are stored.
 */
@ApplicationScoped
public class Throttle {

  private final RateLimitStore limits;
  private final double size;
  private final MeterRegistry registry;

  Throttle(RateLimitStore limits, BookingsConfig config, MeterRegistry registry) {
    this.limits = limits;
    this.size = config.guestRatePerMinute();
    this.registry = registry;
  }

  /** Takes a token; fails with {@code rate-limited} and the seconds until there is one. */
  public Uni<Void> take(String kind, String key) {
    double perSecond = size / 60;
    return limits
        .take(hash(kind + ":" + key), size, perSecond)
        .invoke(
            taken -> {
              if (!taken.allowed()) {
                limited(kind).increment();
                double missing = 1 - taken.tokens();
                throw Problem.of(ProblemType.RATE_LIMITED, "Wait as long as Retry-After says.")
                    .retryAfter((int) Math.max(1, Math.ceil(missing / perSecond)));
              }
            })
        .replaceWithVoid();
  }

  private Counter limited(String kind) {
    return Counter.builder("bookings.rate.limited")
        .description("guest requests that were refused for their number")
        .tag("scope", kind)
        .register(registry);
  }

  public static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
