package app.bookings.neighbours;

import app.bookings.platform.Backoff;
import app.bookings.platform.BookingsConfig;
import io.smallrye.faulttolerance.api.CircuitBreakerState;
import io.smallrye.faulttolerance.api.CustomBackoffStrategy;
import io.smallrye.faulttolerance.api.Guard;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.util.TypeLiteral;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.function.Supplier;
import org.eclipse.microprofile.faulttolerance.exceptions.BulkheadException;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;

/**
 * What stands around each call of one neighbour: Retry(CircuitBreaker(Timeout(Bulkhead(call)))),
 * the order that SmallRye Fault Tolerance fixes (0022-calling-a-neighbour.md, "Decision"). Whatever
 * is tried again carries the same id, so that a call whose answer was lost is harmless
 * (reliability.md, "How").
 */
final class NeighbourGuard {
  private static final int RETRIES = 2;
  private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(1));

  private final Guard guard;
  private volatile CircuitBreakerState breaker = CircuitBreakerState.CLOSED;

  NeighbourGuard(
      Neighbour neighbour, NeighboursConfig.Connection connection, BookingsConfig config) {
    // The client's own clock ends first; this one is for a client that does not notice.
    long outer = config.upstreamTimeout().toMillis() + 500;
    this.guard =
        Guard.create()
            .withDescription(neighbour.label())
            .withRetry()
            .maxRetries(RETRIES)
            .maxDuration(config.requestDeadline().toMillis(), ChronoUnit.MILLIS)
            .whenException(NeighbourGuard::worthRetrying)
            .withCustomBackoff()
            .strategy(Pauses::new)
            .done()
            .done()
            .withCircuitBreaker()
            .requestVolumeThreshold(20)
            .failureRatio(0.5)
            .when(NeighbourGuard::neighboursFault)
            .delay(connection.breakerDelay().toMillis(), ChronoUnit.MILLIS)
            .onStateChange(state -> breaker = state)
            .done()
            .withTimeout()
            .duration(outer, ChronoUnit.MILLIS)
            .done()
            .withBulkhead()
            .limit(connection.concurrency())
            .queueSize(connection.concurrency() * 10)
            .done()
            .build();
  }

  /** Carries the call out; each attempt asks for it anew. */
  <T> Uni<T> around(Supplier<Uni<T>> attempt) {
    return guard.get(attempt, new TypeLiteral<Uni<T>>() {});
  }

  /** Whether calls are let through at present. */
  CircuitBreakerState breaker() {
    return breaker;
  }

  /**
   * What may open the breaker: no connection, no answer in time, an error of the neighbour's own,
   * an answer nobody can read. Not a refusal, not one thing whose content does not fit, and not
   * that too many of our calls are waiting.
   */
  private static boolean neighboursFault(Throwable failure) {
    return failure instanceof NeighbourUnavailable unavailable
        ? unavailable.worthRetrying() && !unavailable.aboutContent()
        : !(failure instanceof BulkheadException);
  }

  private static boolean worthRetrying(Throwable failure) {
    return failure instanceof NeighbourUnavailable unavailable
        ? unavailable.worthRetrying() && soon(unavailable.askedSeconds())
        : !(failure instanceof CircuitBreakerOpenException);
  }

  /** A neighbour that wants more than a second is left to recovery, which has the time. */
  private static boolean soon(Integer retryAfterSeconds) {
    return retryAfterSeconds == null || retryAfterSeconds <= 1;
  }

  /** What the neighbour asks for in Retry-After counts when it is more than ours. */
  private static final class Pauses implements CustomBackoffStrategy {
    private int tries;

    @Override
    public long nextDelayInMillis(Throwable failure) {
      tries++;
      long ours = BACKOFF.after(tries).toMillis();
      Integer asked =
          failure instanceof NeighbourUnavailable unavailable ? unavailable.askedSeconds() : null;
      return asked == null ? ours : Math.max(ours, asked * 1000L);
    }
  }
}
