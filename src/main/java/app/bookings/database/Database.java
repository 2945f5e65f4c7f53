package app.bookings.database;

import app.bookings.database.Connections.NoAnswer;
import app.bookings.platform.Backoff;
import app.bookings.platform.BookingsConfig;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
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
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Statements through the reactive client, and what a database may answer that is nobody's fault:
 * serialization failures, deadlocks and lock time-outs are tried again here and never reach a
 * caller (reliability.md, "Invariants", 8). Everything here ends within BOOKINGS_REQUEST_DEADLINE:
 * with a result, with the error that PostgreSQL gave, or with {@link DatabaseUnavailable}.
 */
@ApplicationScoped
public class Database {

  public static final String UNIQUE_VIOLATION = "23505";

  /** Rolled back, and may do better: conflicts, a lock or a statement that took too long. */
  private static final Set<String> TRANSIENT = Set.of("40001", "40P01", "55P03", "57014");

  private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(8), Duration.ofMillis(250));

  private final Pool pool;
  private final Vertx vertx;
  private final TimeLimits limits;

  Database(Pool pool, Vertx vertx, BookingsConfig config) {
    this.pool = pool;
    this.vertx = vertx;
    this.limits = new TimeLimits(config);
  }

  /**
   * One statement, in a transaction of its own. It may be sent again after a connection broke, when
   * nobody knows whether it took effect: every statement here must be harmless a second time.
   *
   * @return fails with {@link DatabaseUnavailable} when there was no answer in time: nothing was
   *     written, or it can't be told
   */
  public Uni<RowSet<Row>> statement(Statement statement, Tuple parameters) {
    return statement(statement, parameters, () -> {});
  }

  /**
   * The same.
   *
   * @param doubt called when a try was sent and got no answer: it may have taken effect, whatever
   *     comes of the tries that follow
   */
  public Uni<RowSet<Row>> statement(Statement statement, Tuple parameters, Runnable doubt) {
    return call(connection -> statement.execute(connection, parameters), true, doubt);
  }

  /** One statement that only reads: where there is no answer in time, nothing was written. */
  public Uni<RowSet<Row>> read(Statement statement, Tuple parameters) {
    return call(connection -> statement.execute(connection, parameters), false, () -> {});
  }

  /** Several statements in one transaction, harmless a second time. Nothing else runs inside. */
  public <T> Uni<T> transaction(Function<SqlConnection, Uni<T>> work) {
    return call(
        connection ->
            connection
                .begin()
                .flatMap(
                    transaction ->
                        work.apply(connection)
                            .call(transaction::commit)
                            .onFailure()
                            .call(() -> transaction.rollback().onFailure().recoverWithNull())),
        true,
        () -> {});
  }

  private <T> Uni<T> call(Function<SqlConnection, Uni<T>> work, boolean writes, Runnable doubt) {
    // Whoever waits may go away; the connection is given back all the same.
    return Uni.createFrom()
        .emitter(
            emitter ->
                attempt(work, new Call(System.nanoTime() + limits.allTries(), writes, doubt))
                    .subscribe()
                    .with(emitter::complete, emitter::fail));
  }

  /** One call, over all its tries. */
  private static final class Call {
    private final long endNanos;
    private final boolean writes;
    private final Runnable doubt;
    private int tries;
    private boolean mayHaveTakenEffect;

    Call(long endNanos, boolean writes, Runnable doubt) {
      this.endNanos = endNanos;
      this.writes = writes;
      this.doubt = doubt;
    }

    Duration left() {
      return Duration.ofNanos(Math.max(1_000_000, endNanos - System.nanoTime()));
    }

    Duration pause() {
      tries++;
      return BACKOFF.after(tries);
    }

    boolean mayTryAgain(Throwable failure) {
      boolean broken = Connections.broken(failure);
      if (writes && broken && !Connections.refused(failure)) {
        mayHaveTakenEffect = true;
        doubt.run();
      }
      return broken || isTransient(failure);
    }
  }

  private <T> Uni<T> attempt(Function<SqlConnection, Uni<T>> work, Call call) {
    return once(work, call)
        .onFailure(call::mayTryAgain)
        .recoverWithUni(
            () -> {
              Duration pause = call.pause();
              if (!limits.anotherTry(call.left().minus(pause))) {
                return Uni.createFrom()
                    .failure(
                        call.mayHaveTakenEffect
                            ? DatabaseUnavailable.outcomeUnknown()
                            : DatabaseUnavailable.nothingWritten());
              }
              return Uni.createFrom()
                  .<Void>emitter(
                      emitter -> vertx.setTimer(pause.toMillis() + 1, e -> emitter.complete(null)))
                  .chain(() -> attempt(work, call));
            });
  }

  private <T> Uni<T> once(Function<SqlConnection, Uni<T>> work, Call call) {
    return within(pool.getConnection(), call, false, SqlConnection::closeAndForget)
        .flatMap(
            connection ->
                within(work.apply(connection), call, true, late -> {})
                    .onFailure(Connections::broken)
                    .invoke(() -> Connections.drop(connection))
                    .eventually(() -> connection.close().onFailure().recoverWithNull()));
  }

  /**
   * The result, or that there was none in time. A timer of the event loop, for Mutiny's own would
   * go on in another thread.
   *
   * @param late what to do with a result that comes afterwards
   */
  private <T> Uni<T> within(Uni<T> work, Call call, boolean sent, Consumer<T> late) {
    return Uni.createFrom()
        .emitter(
            emitter -> {
              AtomicBoolean over = new AtomicBoolean();
              long timer =
                  vertx.setTimer(
                      limits.oneTry(call.left()).toMillis(),
                      elapsed -> {
                        if (over.compareAndSet(false, true)) {
                          emitter.fail(new NoAnswer(sent));
                        }
                      });
              work.subscribe()
                  .with(
                      result -> {
                        if (over.compareAndSet(false, true)) {
                          vertx.cancelTimer(timer);
                          emitter.complete(result);
                        } else {
                          late.accept(result);
                        }
                      },
                      failure -> {
                        if (over.compareAndSet(false, true)) {
                          vertx.cancelTimer(timer);
                          emitter.fail(failure);
                        }
                      });
            });
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
