package app.bookings.sandbox;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;

/** Sends the neighbours' events to the bookings service, at least once (events.md, "Inbound"). */
final class EventSender {

  private static final int TRIES = 20;
  private static final long WAIT_MILLIS = 500;

  private final Vertx vertx;
  private final HttpClient client;
  private final String target;
  private final String issuer;
  private final AtomicBoolean on = new AtomicBoolean(true);

  EventSender(Vertx vertx, String bookingsUrl, String issuer) {
    this.vertx = vertx;
    this.client = vertx.createHttpClient();
    this.target = bookingsUrl + "/api/internal/events";
    this.issuer = issuer;
  }

  /** Off, events are lost, as they may be. */
  void deliver(boolean deliver) {
    on.set(deliver);
  }

  void send(String source, String type, JsonObject data) {
    if (on.get()) {
      JsonObject event =
          new JsonObject()
              .put("specversion", "1.0")
              .put("id", UUID.randomUUID().toString())
              .put("source", source)
              .put("type", type)
              .put("data", data);
      attempt(event, TRIES);
    }
  }

  private void attempt(JsonObject event, int left) {
    RequestOptions options =
        new RequestOptions()
            .setMethod(HttpMethod.POST)
            .setAbsoluteURI(target)
            .putHeader("Content-Type", "application/cloudevents+json")
            .putHeader("Authorization", "Bearer " + SandboxKeys.serviceToken(issuer));
    client
        .request(options)
        .compose(request -> request.send(event.encode()))
        .map(response -> response.statusCode() < 300)
        .otherwise(false)
        .onSuccess(
            delivered -> {
              if (!delivered && left > 0) {
                vertx.setTimer(WAIT_MILLIS, timer -> attempt(event, left - 1));
              }
            });
  }
}
