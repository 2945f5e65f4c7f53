package app.bookings.database;

import app.bookings.BookingsConfig;
import app.bookings.problem.Problem;
import app.bookings.problem.ProblemType;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Statements through the reactive client, and what a database may answer that is nobody's fault:
 * serialization failures, deadlocks and lock time-outs are tried again here and never reach a
 * caller (reliability.md, invariant 8).
 */
@ApplicationScoped
public class Database {

  public static final String UNIQUE_VIOLATION = "23505";

  private static final Set<String> TRANSIENT = Set.of("40001", "40P01", "55P03");
  private static final int TRIES = 40;

  private final Pool pool;
  private final Duration patience;

  Database(Pool pool, BookingsConfig config) {
    this.pool = pool;
    this.patience = config.requestDeadline();
  }

  /**
   * One statement, in a transaction of its own. It may be sent again after a connection broke, when
   * nobody knows whether it took effect: every statement here must be harmless a second time.
   */
  public Uni<RowSet<Row>> statement(String sql, Tuple parameters) {
    return retrying(() -> pool.preparedQuery(sql).execute(parameters));
  }

  /** Several statements in one transaction, harmless a second time. Nothing else runs inside. */
  public <T> Uni<T> transaction(Function<SqlConnection, Uni<T>> work) {
    return retrying(() -> pool.withTransaction(work));
  }

  private <T> Uni<T> retrying(Supplier<Uni<T>> work) {
    AtomicBoolean sent = new AtomicBoolean();
    return Uni.createFrom()
        .deferred(work::get)
        .onFailure(Database::isTransient)
        .retry()
        .withBackOff(Duration.ofMillis(5), Duration.ofMillis(100))
        .withJitter(0.5)
        .atMost(TRIES)
        .onFailure(Connections::broken)
        .invoke(failure -> sent.compareAndSet(false, !Connections.refused(failure)))
        .onFailure(Connections::broken)
        .retry()
        .withBackOff(Duration.ofMillis(50), Duration.ofSeconds(1))
        .withJitter(0.5)
        .expireIn(patience.toMillis())
        .onFailure(failure -> Connections.broken(failure) && !sent.get())
        .transform(failure -> nothingWritten());
  }

  /** The answer when the database did not let a write through in time. */
  public static Problem nothingWritten() {
    return Problem.of(ProblemType.UPSTREAM_UNAVAILABLE, "Nothing was written; try again.")
        .with("upstream", "database")
        .retryAfter(1);
  }

  /** An instant as a statement's parameter; null stays null. */
  public static OffsetDateTime utc(Instant instant) {
    return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
  }

  /** An instant of a row, the other way round; null stays null. */
  public static Instant instant(OffsetDateTime time) {
    return time == null ? null : time.toInstant();
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

  /** Whether a row that must be unique existed already, under one of these constraints. */
  public static boolean violates(Throwable failure, String... constraints) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof PgException refused) {
        return UNIQUE_VIOLATION.equals(refused.getSqlState())
            && Set.of(constraints).contains(refused.getConstraint());
      }
    }
    return false;
  }
}
