package app.bookings.neighbours;

import app.bookings.platform.BookingsConfig;
import app.bookings.platform.Outage;
import app.bookings.platform.ResponseBound;
import app.bookings.platform.StrictJson;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.rest.client.reactive.QuarkusRestClientBuilder;
import io.smallrye.faulttolerance.api.CircuitBreakerState;
import io.smallrye.faulttolerance.api.CustomBackoffStrategy;
import io.smallrye.faulttolerance.api.Guard;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.util.TypeLiteral;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.eclipse.microprofile.faulttolerance.exceptions.BulkheadException;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;
import org.eclipse.microprofile.faulttolerance.exceptions.FaultToleranceException;
import org.jboss.logging.Logger;

/**
 * How every neighbour is called: Retry(CircuitBreaker(Timeout(Bulkhead(call)))), the order that
 * SmallRye Fault Tolerance fixes (engineering.md). Whatever is tried again carries the same id, so
 * that a call whose answer was lost is harmless (reliability.md, "How").
 */
@ApplicationScoped
public class NeighbourCalls {

  private static final Logger LOG = Logger.getLogger(NeighbourCalls.class);
  private static final Set<Integer> WORTH_RETRYING = Set.of(408, 425, 429);
  private static final int RETRIES = 2;
  private static final Duration BACKOFF = Duration.ofMillis(100);

  /** Neighbours may add members; what they leave out or get wrong is noticed by the reader. */
  private static final ObjectMapper ANSWERS =
      JsonMapper.builder()
          .addModule(new SimpleModule().addDeserializer(BigDecimal.class, new MoneyReader()))
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  static {
    StrictJson.read(ANSWERS);
  }

  private final BookingsConfig config;
  private final NeighboursConfig neighbours;
  private final ServiceTokenFilter serviceToken;
  private final MeterRegistry registry;
  private final Map<Neighbour, Guard> guards = new EnumMap<>(Neighbour.class);
  private final Map<Neighbour, Timer> answered = new EnumMap<>(Neighbour.class);
  private final Map<Neighbour, Timer> unavailable = new EnumMap<>(Neighbour.class);
  private final Map<Neighbour, CircuitBreakerState> breakers = new ConcurrentHashMap<>();
  private final Map<Neighbour, Outage> outages = new EnumMap<>(Neighbour.class);

  NeighbourCalls(
      BookingsConfig config,
      NeighboursConfig neighbours,
      ServiceTokenFilter serviceToken,
      MeterRegistry registry) {
    this.registry = registry;
    this.config = config;
    this.neighbours = neighbours;
    this.serviceToken = serviceToken;
    for (Neighbour neighbour : Neighbour.values()) {
      guards.put(neighbour, guard(neighbour, neighbours.neighbours().get(neighbour)));
      breakers.put(neighbour, CircuitBreakerState.CLOSED);
      outages.put(neighbour, new Outage(LOG, neighbour.label()));
      answered.put(neighbour, latency(neighbour, "answered"));
      unavailable.put(neighbour, latency(neighbour, "unavailable"));
    }
  }

  /** A client of the interface, with timeouts of its own: the defaults are 15 and 30 seconds. */
  public <T> T client(Neighbour neighbour, Class<T> api) {
    NeighboursConfig.Connection connection = neighbours.neighbours().get(neighbour);
    long millis = config.upstreamTimeout().toMillis();
    return QuarkusRestClientBuilder.newBuilder()
        .baseUri(connection.url())
        .connectTimeout(millis, TimeUnit.MILLISECONDS)
        .readTimeout(millis, TimeUnit.MILLISECONDS)
        .property("io.quarkus.rest.client.connection-pool-size", connection.concurrency())
        .property("microprofile.rest.client.disable.default.mapper", true)
        .register(serviceToken)
        .httpClientRequestCustomizer(ResponseBound::of)
        .build(api);
  }

  /** Whether calls of this neighbour are let through at present. */
  public CircuitBreakerState breaker(Neighbour neighbour) {
    return breakers.get(neighbour);
  }

  /**
   * Calls and reads the answer.
   *
   * @param reader makes a value of an answer; what it can't make sense of it hands to {@link
   *     #unexpected}
   * @return fails with {@link NeighbourUnavailable} and nothing else
   */
  public <T> Uni<T> call(
      Neighbour neighbour, Supplier<Uni<Response>> request, Function<NeighbourResponse, T> reader) {
    AtomicInteger tries = new AtomicInteger();
    Supplier<Uni<T>> attempt =
        () -> {
          boolean first = tries.incrementAndGet() == 1;
          Timer.Sample began = Timer.start(registry);
          return request
              .get()
              .map(response -> reader.apply(answer(neighbour, response, first)))
              .onItemOrFailure()
              .invoke(
                  (read, failure) -> {
                    began.stop((failure == null ? answered : unavailable).get(neighbour));
                    tell(neighbour, failure);
                  });
        };
    return guards
        .get(neighbour)
        .get(attempt, new TypeLiteral<Uni<T>>() {})
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

  private Timer latency(Neighbour neighbour, String outcome) {
    return Timer.builder("bookings.upstream.calls")
        .description("one call to a neighbour, each try by itself")
        .tag("upstream", neighbour.label())
        .tag("outcome", outcome)
        .register(registry);
  }

  /**
   * For an answer that the contract does not have. A refusal says something of what was asked, and
   * asking again would not change it; anything else is as good as no answer.
   */
  public static NeighbourUnavailable unexpected(Neighbour neighbour, NeighbourResponse answer) {
    String slug = answer.slug().replaceAll("[^a-z0-9-]", "");
    return new NeighbourUnavailable(
        neighbour, "unexpected answer " + answer.status() + " " + slug, null, !answer.refusal());
  }

  /** For an answer that is not about what was asked. */
  public static NeighbourUnavailable unfit(Neighbour neighbour, String member) {
    return NeighbourUnavailable.misfit(neighbour, "its answer has another " + member);
  }

  /**
   * A value of the body, which the constructors of the type hold against the contract. A body that
   * does not fit is as good as no answer.
   *
   * @param answersWhatWasAsked that it is of the id that was asked for, for instance
   * @throws NeighbourUnavailable when it does not fit
   */
  public static <T> T read(
      Neighbour neighbour,
      NeighbourResponse answer,
      Class<T> type,
      Predicate<T> answersWhatWasAsked) {
    try {
      T value = ANSWERS.treeToValue(answer.body(), type);
      if (value != null && answersWhatWasAsked.test(value)) {
        return value;
      }
      throw NeighbourUnavailable.misfit(neighbour, "an answer to something else");
    } catch (JsonProcessingException | IllegalArgumentException misfit) {
      throw NeighbourUnavailable.misfit(neighbour, "unreadable answer");
    }
  }

  private static NeighbourResponse answer(Neighbour neighbour, Response response, boolean first) {
    int status = response.getStatus();
    if (status >= 500 || WORTH_RETRYING.contains(status)) {
      throw new NeighbourUnavailable(neighbour, "answered " + status, retryAfter(response), true);
    }
    String text = response.hasEntity() ? response.readEntity(String.class) : "";
    try {
      JsonNode body = text.isBlank() ? MissingNode.getInstance() : ANSWERS.readTree(text);
      if (status < 300 && !body.isObject()) {
        throw new NeighbourUnavailable(neighbour, "unreadable answer", null, true);
      }
      return new NeighbourResponse(status, body, first);
    } catch (JsonProcessingException unreadable) {
      if (status >= 400) {
        return new NeighbourResponse(status, MissingNode.getInstance(), first);
      }
      throw new NeighbourUnavailable(neighbour, "unreadable answer", null, true);
    }
  }

  private static Integer retryAfter(Response response) {
    String value = response.getHeaderString(HttpHeaders.RETRY_AFTER);
    return value != null && value.matches("\\d{1,5}") ? Integer.valueOf(value) : null;
  }

  private Guard guard(Neighbour neighbour, NeighboursConfig.Connection connection) {
    // The client's own clock ends first; this one is for a client that does not notice.
    long outer = config.upstreamTimeout().toMillis() + 500;
    return Guard.create()
        .withDescription(neighbour.label())
        .withRetry()
        .maxRetries(RETRIES)
        .maxDuration(config.requestDeadline().toMillis(), ChronoUnit.MILLIS)
        .whenException(NeighbourCalls::worthRetrying)
        .withCustomBackoff()
        .strategy(Backoff::new)
        .done()
        .done()
        .withCircuitBreaker()
        .requestVolumeThreshold(20)
        .failureRatio(0.5)
        .when(NeighbourCalls::neighboursFault)
        .delay(connection.breakerDelay().toMillis(), ChronoUnit.MILLIS)
        .onStateChange(state -> breakers.put(neighbour, state))
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

  private static NeighbourUnavailable unavailable(Neighbour neighbour, Throwable failure) {
    return failure instanceof NeighbourUnavailable unavailable
        ? unavailable
        : new NeighbourUnavailable(neighbour, failure.getClass().getSimpleName(), null, true);
  }

  /** Exponential with jitter; what the neighbour asks for in Retry-After counts when it is more. */
  private static final class Backoff implements CustomBackoffStrategy {
    private long delay = BACKOFF.toMillis();

    @Override
    public long nextDelayInMillis(Throwable failure) {
      long jittered = delay / 2 + ThreadLocalRandom.current().nextLong(delay);
      delay *= 2;
      Integer asked =
          failure instanceof NeighbourUnavailable unavailable ? unavailable.askedSeconds() : null;
      return asked == null ? jittered : Math.max(jittered, asked * 1000L);
    }
  }
}
