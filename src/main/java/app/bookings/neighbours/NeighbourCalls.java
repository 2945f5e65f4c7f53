package app.bookings.neighbours;

import app.bookings.platform.BookingsConfig;
import app.bookings.platform.Outage;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.smallrye.faulttolerance.api.CircuitBreakerState;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import org.eclipse.microprofile.faulttolerance.exceptions.FaultToleranceException;
import org.jboss.logging.Logger;

/** Calls of neighbours: each guarded, measured, and told of in the log when it is away. */
@ApplicationScoped
public class NeighbourCalls {
  private static final Logger LOG = Logger.getLogger(NeighbourCalls.class);

  private final MeterRegistry registry;
  private final Map<Neighbour, NeighbourGuard> guards = new EnumMap<>(Neighbour.class);
  private final Map<Neighbour, Timer> answered = new EnumMap<>(Neighbour.class);
  private final Map<Neighbour, Timer> unavailable = new EnumMap<>(Neighbour.class);
  private final Map<Neighbour, Outage> outages = new EnumMap<>(Neighbour.class);

  NeighbourCalls(BookingsConfig config, NeighboursConfig neighbours, MeterRegistry registry) {
    this.registry = registry;
    for (Neighbour neighbour : Neighbour.values()) {
      NeighboursConfig.Connection connection = neighbours.neighbours().get(neighbour);
      guards.put(neighbour, new NeighbourGuard(neighbour, connection, config));
      outages.put(neighbour, new Outage(LOG, neighbour.label()));
      answered.put(neighbour, latency(neighbour, "answered"));
      unavailable.put(neighbour, latency(neighbour, "unavailable"));
    }
  }

  /** Whether calls of this neighbour are let through at present. */
  public CircuitBreakerState breaker(Neighbour neighbour) {
    return guards.get(neighbour).breaker();
  }

  /**
   * Calls and reads the answer.
   *
   * @param reader makes a value of an answer; what it can't make sense of it hands to {@link
   *     ResponseReader#unexpected}
   * @return fails with {@link NeighbourUnavailable} and nothing else
   */
  <T> Uni<T> call(
      Neighbour neighbour, Supplier<Uni<Response>> request, Function<NeighbourResponse, T> reader) {
    AtomicInteger tries = new AtomicInteger();
    Supplier<Uni<T>> attempt =
        () -> {
          boolean first = tries.incrementAndGet() == 1;
          Timer.Sample began = Timer.start(registry);
          return request
              .get()
              .map(response -> reader.apply(ResponseReader.answer(neighbour, response, first)))
              .onItemOrFailure()
              .invoke(
                  (read, failure) -> {
                    began.stop((failure == null ? answered : unavailable).get(neighbour));
                    tell(neighbour, failure);
                  });
        };
    return guards
        .get(neighbour)
        .around(attempt)
        .onFailure(FaultToleranceException.class)
        .invoke(notAsked -> tell(neighbour, notAsked))
        .onFailure()
        .transform(failure -> unavailable(neighbour, failure));
  }

  private void tell(Neighbour neighbour, Throwable failure) {
    Outage outage = outages.get(neighbour);
    if (failure == null) {
      outage.worked();
    } else {
      outage.failed(unavailable(neighbour, failure).reason());
    }
  }

  private static NeighbourUnavailable unavailable(Neighbour neighbour, Throwable failure) {
    return failure instanceof NeighbourUnavailable unavailable
        ? unavailable
        : new NeighbourUnavailable(neighbour, failure.getClass().getSimpleName(), null, true);
  }

  private Timer latency(Neighbour neighbour, String outcome) {
    return Timer.builder("bookings.upstream.calls")
        .description("one call to a neighbour, each try by itself")
        .tag("upstream", neighbour.label())
        .tag("outcome", outcome)
        .register(registry);
  }
}
