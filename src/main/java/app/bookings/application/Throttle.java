package app.bookings.application;

import app.bookings.background.BackgroundWork;
import app.bookings.database.Database;
import app.bookings.platform.BookingsConfig;
import app.bookings.problem.Problem;
import app.bookings.problem.ProblemType;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * Token buckets in the database, so that they hold over all replicas (engineering.md, "Edges"): one
 * statement takes a token and says when there will be one. Keys are hashed: neither addresses nor
 * contacts are stored.
 */
@ApplicationScoped
public class Throttle implements BackgroundWork {

  /** $1 bucket, $2 its size, $3 tokens that come back per second. */
  private static final String TAKE =
      """
      INSERT INTO bookings.rate_limits AS r (bucket, tokens, allowed, at)
      VALUES ($1, $2::double precision - 1, true, clock_timestamp())
      ON CONFLICT (bucket) DO UPDATE SET
        allowed = LEAST($2, r.tokens + $3 * EXTRACT(EPOCH FROM clock_timestamp() - r.at)) >= 1,
        tokens = LEAST($2, r.tokens + $3 * EXTRACT(EPOCH FROM clock_timestamp() - r.at))
          - CASE WHEN LEAST($2, r.tokens + $3 * EXTRACT(EPOCH FROM clock_timestamp() - r.at)) >= 1
              THEN 1 ELSE 0 END,
        at = clock_timestamp()
      RETURNING allowed, tokens
      """;

  private final Database database;
  private final double size;
  private final MeterRegistry registry;

  Throttle(Database database, BookingsConfig config, MeterRegistry registry) {
    this.database = database;
    this.size = config.guestRatePerMinute();
    this.registry = registry;
  }

  /** Takes a token; fails with {@code rate-limited} and the seconds until there is one. */
  public Uni<Void> take(String kind, String key) {
    double perSecond = size / 60;
    return database
        .read(TAKE, Tuple.of(hash(kind + ":" + key), size, perSecond))
        .invoke(
            rows -> {
              Row row = rows.iterator().next();
              if (!row.getBoolean("allowed")) {
                limited(kind).increment();
                double missing = 1 - row.getDouble("tokens");
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

  /** A bucket that nobody has used for a while is full again and need not be kept. */
  @Override
  public Uni<Void> carryOn() {
    return database
        .statement(
            "DELETE FROM bookings.rate_limits WHERE at < clock_timestamp() - interval '5 minutes'",
            Tuple.tuple())
        .replaceWithVoid();
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
