package app.bookings.upstream;

import app.bookings.BookingsConfig;
import app.bookings.bounds.AnswerBound;
import app.bookings.json.StrictJson;
import app.bookings.trace.Outage;
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
public class Neighbours {

  private static final Logger LOG = Logger.getLogger(Neighbours.class);
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
  private final Map<Upstream, Guard> guards = new EnumMap<>(Upstream.class);
  private final Map<Upstream, Timer> answered = new EnumMap<>(Upstream.class);
  private final Map<Upstream, Timer> unavailable = new EnumMap<>(Upstream.class);
  private final Map<Upstream, CircuitBreakerState> breakers = new ConcurrentHashMap<>();
  private final Map<Upstream, Outage> outages = new EnumMap<>(Upstream.class);

  Neighbours(
      BookingsConfig config,
      NeighboursConfig neighbours,
      ServiceTokenFilter serviceToken,
      MeterRegistry registry) {
    this.registry = registry;
    this.config = config;
    this.neighbours = neighbours;
    this.serviceToken = serviceToken;
    for (Upstream upstream : Upstream.values()) {
      guards.put(upstream, guard(upstream, neighbours.neighbours().get(upstream)));
      breakers.put(upstream, CircuitBreakerState.CLOSED);
      outages.put(upstream, new Outage(LOG, upstream.label()));
      answered.put(upstream, latency(upstream, "answered"));
      unavailable.put(upstream, latency(upstream, "unavailable"));
    }
  }

  /** A client of the interface, with timeouts of its own: the defaults are 15 and 30 seconds. */
  public <T> T client(Upstream upstream, Class<T> api) {
    NeighboursConfig.Neighbour neighbour = neighbours.neighbours().get(upstream);
    long millis = config.upstreamTimeout().toMillis();
    return QuarkusRestClientBuilder.newBuilder()
        .baseUri(neighbour.url())
        .connectTimeout(millis, TimeUnit.MILLISECONDS)
        .readTimeout(millis, TimeUnit.MILLISECONDS)
        .property("io.quarkus.rest.client.connection-pool-size", neighbour.concurrency())
        .property("microprofile.rest.client.disable.default.mapper", true)
        .register(serviceToken)
        .httpClientRequestCustomizer(AnswerBound::of)
        .build(api);
  }

  /** Whether calls of this neighbour are let through at present. */
  public CircuitBreakerState breaker(Upstream upstream) {
    return breakers.get(upstream);
  }

  /**
   * Calls and reads the answer.
   *
   * @param reader makes a value of an answer; what it can't make sense of it hands to {@link
   *     #unexpected}
   * @return fails with {@link UpstreamUnavailable} and nothing else
   */
  public <T> Uni<T> call(
      Upstream upstream, Supplier<Uni<Response>> request, Function<Answer, T> reader) {
    AtomicInteger tries = new AtomicInteger();
    Supplier<Uni<T>> attempt =
        () -> {
          boolean first = tries.incrementAndGet() == 1;
          Timer.Sample began = Timer.start(registry);
          return request
              .get()
              .map(response -> reader.apply(answer(upstream, response, first)))
              .onItemOrFailure()
              .invoke(
                  (read, failure) -> {
                    began.stop((failure == null ? answered : unavailable).get(upstream));
                    tell(upstream, failure);
                  });
        };
    return guards
        .get(upstream)
        .get(attempt, new TypeLiteral<Uni<T>>() {})
        .onFailure(FaultToleranceException.class)
        .invoke(notAsked -> tell(upstream, notAsked))
        .onFailure()
        .transform(failure -> unavailable(upstream, failure));
  }

  private void tell(Upstream upstream, Throwable failure) {
    Outage outage = outages.get(upstream);
    if (failure == null) {
      outage.worked();
    } else {
      outage.failed(unavailable(upstream, failure).reason());
    }
  }

  private Timer latency(Upstream upstream, String outcome) {
    return Timer.builder("bookings.upstream.calls")
        .description("one call to a neighbour, each try by itself")
        .tag("upstream", upstream.label())
        .tag("outcome", outcome)
        .register(registry);
  }

  /**
   * For an answer that the contract does not have. A refusal says something of what was asked, and
   * asking again would not change it; anything else is as good as no answer.
   */
  public static UpstreamUnavailable unexpected(Upstream upstream, Answer answer) {
    String slug = answer.slug().replaceAll("[^a-z0-9-]", "");
    return new UpstreamUnavailable(
        upstream, "unexpected answer " + answer.status() + " " + slug, null, !answer.refusal());
  }

  /** For an answer that is not about what was asked. */
  public static UpstreamUnavailable unfit(Upstream upstream, String member) {
    return UpstreamUnavailable.misfit(upstream, "its answer has another " + member);
  }

  /**
   * A value of the body, which the constructors of the type hold against the contract. A body that
   * does not fit is as good as no answer.
   *
   * @param answersWhatWasAsked that it is of the id that was asked for, for instance
   * @throws UpstreamUnavailable when it does not fit
   */
  public static <T> T read(
      Upstream upstream, Answer answer, Class<T> type, Predicate<T> answersWhatWasAsked) {
    try {
      T value = ANSWERS.treeToValue(answer.body(), type);
      if (value != null && answersWhatWasAsked.test(value)) {
        return value;
      }
      throw UpstreamUnavailable.misfit(upstream, "an answer to something else");
    } catch (JsonProcessingException | IllegalArgumentException misfit) {
      throw UpstreamUnavailable.misfit(upstream, "unreadable answer");
    }
  }

  private static Answer answer(Upstream upstream, Response response, boolean first) {
    int status = response.getStatus();
    if (status >= 500 || WORTH_RETRYING.contains(status)) {
      throw new UpstreamUnavailable(upstream, "answered " + status, retryAfter(response), true);
    }
    String text = response.hasEntity() ? response.readEntity(String.class) : "";
    try {
      JsonNode body = text.isBlank() ? MissingNode.getInstance() : ANSWERS.readTree(text);
      if (status < 300 && !body.isObject()) {
        throw new UpstreamUnavailable(upstream, "unreadable answer", null, true);
      }
      return new Answer(status, body, first);
    } catch (JsonProcessingException unreadable) {
      if (status >= 400) {
        return new Answer(status, MissingNode.getInstance(), first);
      }
      throw new UpstreamUnavailable(upstream, "unreadable answer", null, true);
    }
  }

  private static Integer retryAfter(Response response) {
    String value = response.getHeaderString(HttpHeaders.RETRY_AFTER);
    return value != null && value.matches("\\d{1,5}") ? Integer.valueOf(value) : null;
  }

  private Guard guard(Upstream upstream, NeighboursConfig.Neighbour neighbour) {
    // The client's own clock ends first; this one is for a client that does not notice.
    long outer = config.upstreamTimeout().toMillis() + 500;
    return Guard.create()
        .withDescription(upstream.label())
        .withRetry()
        .maxRetries(RETRIES)
        .maxDuration(config.requestDeadline().toMillis(), ChronoUnit.MILLIS)
        .whenException(Neighbours::worthRetrying)
        .withCustomBackoff()
        .strategy(Backoff::new)
        .done()
        .done()
        .withCircuitBreaker()
        .requestVolumeThreshold(20)
        .failureRatio(0.5)
        .when(Neighbours::neighboursFault)
        .delay(neighbour.breakerDelay().toMillis(), ChronoUnit.MILLIS)
        .onStateChange(state -> breakers.put(upstream, state))
        .done()
        .withTimeout()
        .duration(outer, ChronoUnit.MILLIS)
        .done()
        .withBulkhead()
        .limit(neighbour.concurrency())
        .queueSize(neighbour.concurrency() * 10)
        .done()
        .build();
  }

  /**
   * What may open the breaker: no connection, no answer in time, an error of the neighbour's own,
   * an answer nobody can read. Not a refusal, not one thing whose content does not fit, and not
   * that too many of our calls are waiting.
   */
  private static boolean neighboursFault(Throwable failure) {
    return failure instanceof UpstreamUnavailable unavailable
        ? unavailable.worthRetrying() && !unavailable.aboutContent()
        : !(failure instanceof BulkheadException);
  }

  private static boolean worthRetrying(Throwable failure) {
    return failure instanceof UpstreamUnavailable unavailable
        ? unavailable.worthRetrying() && soon(unavailable.askedSeconds())
        : !(failure instanceof CircuitBreakerOpenException);
  }

  /** A neighbour that wants more than a second is left to recovery, which has the time. */
  private static boolean soon(Integer retryAfterSeconds) {
    return retryAfterSeconds == null || retryAfterSeconds <= 1;
  }

  private static UpstreamUnavailable unavailable(Upstream upstream, Throwable failure) {
    return failure instanceof UpstreamUnavailable unavailable
        ? unavailable
        : new UpstreamUnavailable(upstream, failure.getClass().getSimpleName(), null, true);
  }

  /** Exponential with jitter; what the neighbour asks for in Retry-After counts when it is more. */
  private static final class Backoff implements CustomBackoffStrategy {
    private long delay = BACKOFF.toMillis();

    @Override
    public long nextDelayInMillis(Throwable failure) {
      long jittered = delay / 2 + ThreadLocalRandom.current().nextLong(delay);
      delay *= 2;
      Integer asked =
          failure instanceof UpstreamUnavailable unavailable ? unavailable.askedSeconds() : null;
      return asked == null ? jittered : Math.max(jittered, asked * 1000L);
    }
  }
}
