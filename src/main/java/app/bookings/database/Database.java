package app.bookings.database;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Statements through the reactive client, and what a database may answer that is nobody's fault:
 * serialization failures, deadlocks and lock time-outs are tried again here and never reach a
 * caller (reliability.md, invariant 8).
 */
@ApplicationScoped
public class Database {

  public static final String UNIQUE_VIOLATION = "23505";

  private static final Logger LOG = Logger.getLogger(Database.class);
  private static final Set<String> TRANSIENT = Set.of("40001", "40P01", "55P03");
  private static final int TRIES = 40;

  private final Pool pool;

  Database(Pool pool) {
    this.pool = pool;
  }

  /** One statement, in a transaction of its own. */
  public Uni<RowSet<Row>> statement(String sql, Tuple parameters) {
    return retrying(() -> pool.preparedQuery(sql).execute(parameters));
  }

  /** Several statements in one transaction. Nothing but statements may run inside. */
  public <T> Uni<T> transaction(Function<SqlConnection, Uni<T>> work) {
    return retrying(() -> pool.withTransaction(work));
  }

  private <T> Uni<T> retrying(Supplier<Uni<T>> work) {
    return Uni.createFrom()
        .deferred(work::get)
        .onFailure(Database::isTransient)
        .invoke(failure -> LOG.debugf("Trying again after %s", sqlState(failure)))
        .onFailure(Database::isTransient)
        .retry()
        .withBackOff(Duration.ofMillis(5), Duration.ofMillis(100))
        .withJitter(0.5)
        .atMost(TRIES);
  }

  private static boolean isTransient(Throwable failure) {
    String state = sqlState(failure);
    return state != null && TRANSIENT.contains(state);
  }

  /** The SQLSTATE of a failure, or null when it did not come from PostgreSQL. */
  public static String sqlState(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof PgException refused) {
        return refused.getSqlState();
      }
    }
    return null;
  }

  /** Whether a row that must be unique existed already, under this constraint. */
  public static boolean violates(Throwable failure, String constraint) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof PgException refused) {
        return UNIQUE_VIOLATION.equals(refused.getSqlState())
            && constraint.equals(refused.getConstraint());
      }
    }
    return false;
  }
}
