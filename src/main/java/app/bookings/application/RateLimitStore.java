package app.bookings.application;

import app.bookings.database.Database;
import app.bookings.database.Statement;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;

/** Token buckets, by the database's clock: one for all replicas. */
@ApplicationScoped
class RateLimitStore {

  /** $1 bucket, $2 its size, $3 tokens that come back per second. */
  private static final Statement TAKE =
      Statement.named(
          "rate_limits.take",
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
          """);

  private final Database database;

  RateLimitStore(Database database) {
    this.database = database;
  }

  /**
   * What came of taking a token.
   *
   * @param tokens how many are left, or how much of one there is
   */
  record Taken(boolean allowed, double tokens) {}

  /**
   * Takes a token, if there is one. A bucket that is not there is full.
   *
   * @param size tokens in a full bucket
   * @param perSecond tokens that come back
   */
  Uni<Taken> take(String bucket, double size, double perSecond) {
    return database
        .read(TAKE, Tuple.of(bucket, size, perSecond))
        .map(
            rows -> {
              Row row = rows.iterator().next();
              return new Taken(row.getBoolean("allowed"), row.getDouble("tokens"));
            });
  }
}
