package app.bookings.database;

import app.bookings.platform.BookingsConfig;
import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnectOptions;
import jakarta.inject.Singleton;
import java.util.List;

/**
 * Every connection parses and plans each of our statements once. The client's own limit of 2,048
 * characters leaves out the very statements that cost most to plan: those that write a booking.
 * PostgreSQL's own choice is to plan a statement anew whenever it guesses that this pays; on some
 * connections it guessed so for each create, which doubled what one costs. So it plans without
 * looking at parameters: a statement leaves out what does not restrict, and has the size of a batch
 * as a literal; {@code PlansIT} reads the plans.
 */
@Singleton
class PreparedOnce implements PgPoolCreator {

  /** A new connection, login included, is given up after so long; an idle one is closed. */
  private static final int SILENT_SECONDS = 30;

  private final TimeLimits limits;
  private final DatabaseConfig database;

  PreparedOnce(BookingsConfig config, DatabaseConfig database) {
    limits = new TimeLimits(config);
    this.database = database;
  }

  private static final int LONGEST_STATEMENT = 16 * 1024;

  @Override
  public Pool create(Input input) {
    for (PgConnectOptions options : input.pgConnectOptionsList()) {
      options.setPreparedStatementCacheSqlLimit(LONGEST_STATEMENT);
      options.addProperty("plan_cache_mode", "force_generic_plan");
      limits.serverSettings().forEach(options::addProperty);
      Encryption.apply(database, options);
      // A peer that is gone without a word: what was sent is never acknowledged, or nothing comes.
      options.setTcpKeepAlive(true);
      options.setTcpUserTimeout(limits.allTriesMillis());
      options.setConnectTimeout(limits.allTriesMillis());
      options.setReadIdleTimeout(SILENT_SECONDS);
    }
    return PgBuilder.pool()
        .with(input.poolOptions())
        .connectingTo(List.<SqlConnectOptions>copyOf(input.pgConnectOptionsList()))
        .using(input.vertx())
        .build();
  }
}
