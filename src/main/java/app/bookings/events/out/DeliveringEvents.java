package app.bookings.events.out;

import app.bookings.background.BackgroundWork;
import app.bookings.platform.Backoff;
import app.bookings.platform.Clock;
import app.bookings.platform.Outage;
import app.bookings.platform.ResponseBound;
import app.bookings.platform.Sinks;
import app.bookings.platform.WebhookSignature;
import app.bookings.problem.Failures;
import app.bookings.storage.OutboxStore;
import app.bookings.storage.OutboxStore.Outbound;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.core.http.HttpClient;
import io.vertx.mutiny.core.http.HttpClientRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * Sends outbound events to the configured sinks: CloudEvents, signed, at least once, in order per
 * booking (domain.md, "Outbound events"). Each sink has a pace of its own, so that a dead one holds
 * up neither bookings nor other sinks.
 */
@ApplicationScoped
class DeliveringEvents implements BackgroundWork {

  private static final Logger LOG = Logger.getLogger(DeliveringEvents.class);
  private static final int AT_ONCE = 8;
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(5));

  private final OutboxStore deliveries;
  private final SinkSignatures signatures;
  private final Clock clock;
  private final HttpClient http;
  private final Map<String, AtomicBoolean> busy = new ConcurrentHashMap<>();
  private final Map<String, Outage> outages = new ConcurrentHashMap<>();

  DeliveringEvents(
      OutboxStore deliveries, SinkSignatures signatures, Sinks sinks, Clock clock, Vertx vertx) {
    this.signatures = signatures;
    this.deliveries = deliveries;
    this.clock = clock;
    this.http =
        vertx.createHttpClient(
            new HttpClientOptions().setConnectTimeout((int) PATIENCE.toMillis()));
    sinks
        .urls()
        .forEach(
            sink -> {
              busy.put(sink, new AtomicBoolean());
              // The host alone: the rest of the address may hold a secret.
              outages.put(sink, new Outage(LOG, "Events to " + URI.create(sink).getHost()));
            });
  }

  /** Sets every sink that is idle to work, and does not wait for any. */
  @Override
  public Uni<Void> carryOn() {
    busy.forEach(
        (sink, working) -> {
          if (working.compareAndSet(false, true)) {
            deliver(sink)
                .onTermination()
                .invoke(() -> working.set(false))
                .subscribe()
                .with(
                    done -> LOG.debug("A sink has what is due"),
                    failure -> Failures.tell(outages.get(sink), failure));
          }
        });
    return Uni.createFrom().voidItem();
  }

  private Uni<Void> deliver(String sink) {
    WebhookSignature signature = signatures.of(sink);
    return deliveries
        .claim(sink)
        .flatMap(
            claimed ->
                Multi.createFrom()
                    .iterable(claimed)
                    .onItem()
                    .transformToUni(event -> send(sink, event, signature))
                    .merge(AT_ONCE)
                    .collect()
                    .asList())
        .flatMap(sent -> sent.contains(true) ? deliver(sink) : Uni.createFrom().voidItem());
  }

  private Uni<Boolean> send(String sink, Outbound event, WebhookSignature signature) {
    String body = cloudEvent(event);
    String id = event.id().toString();
    String timestamp = Long.toString(clock.now().getEpochSecond());
    RequestOptions post =
        new RequestOptions()
            .setMethod(HttpMethod.POST)
            .setAbsoluteURI(sink)
            .setTimeout(PATIENCE.toMillis())
            .putHeader("Content-Type", "application/cloudevents+json")
            .putHeader("webhook-id", id)
            .putHeader("webhook-timestamp", timestamp)
            .putHeader("webhook-signature", signature.sign(id, timestamp, body));
    return http.request(post)
        .flatMap(request -> status(request, body))
        .map(status -> status / 100 == 2 ? "" : "answered " + status)
        .onFailure()
        .recoverWithItem(failure -> failure.getClass().getSimpleName())
        .flatMap(
            error -> {
              tell(sink, error);
              return error.isEmpty()
                  ? deliveries.delivered(sink, event.id()).replaceWith(true)
                  : deliveries
                      .postpone(sink, event.id(), later(event.tries()), error)
                      .replaceWith(false);
            });
  }

  private void tell(String sink, String error) {
    if (error.isEmpty()) {
      outages.get(sink).worked();
    } else {
      outages.get(sink).failed(error);
    }
  }

  /** The status alone counts: what else the sink says is not kept, and not waited for for long. */
  private static Uni<Integer> status(HttpClientRequest request, String body) {
    ResponseBound.of(request.getDelegate());
    return request
        .send(body)
        .flatMap(
            response ->
                response
                    .end()
                    .ifNoItem()
                    .after(PATIENCE)
                    .fail()
                    .onFailure()
                    .invoke(() -> request.reset())
                    .onFailure()
                    .recoverWithNull()
                    .replaceWith(response.statusCode()));
  }

  private static String cloudEvent(Outbound event) {
    return new JsonObject()
        .put("specversion", "1.0")
        .put("id", event.id().toString())
        .put("source", "/bookings")
        .put("type", event.type())
        .put("subject", event.bookingId())
        .put("time", event.time().toString())
        .put("datacontenttype", "application/json")
        .put("data", new JsonObject(event.payload()))
        .encode();
  }

  private Instant later(int tries) {
    return clock.now().plus(BACKOFF.after(tries));
  }
}
