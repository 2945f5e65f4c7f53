package app.bookings.testsupport;

import app.bookings.testsupport.Bookings.Answer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** What other services ask the bookings service, and tell it. */
public final class OtherServices {

  private final Bookings bookings;
  private final String token;

  /** At the service under test. */
  public OtherServices() {
    this(Service.BOOKINGS, Service.NEIGHBOURS);
  }

  /** At any service. */
  public OtherServices(Bookings bookings, Neighbours neighbours) {
    this(bookings, neighbours.serviceToken());
  }

  /** Whoever has this token. */
  public OtherServices(Bookings bookings, String token) {
    this.bookings = bookings;
    this.token = token;
  }

  public Answer get(String path) {
    return bookings.get(token, "/api/internal/" + path);
  }

  public Answer post(String path, JsonObject body) {
    return bookings.post(token, "/api/internal/" + path, body);
  }

  public Answer attendees(Scene scene, Scene.Session session, List<UUID> customers) {
    JsonArray ids = new JsonArray();
    customers.forEach(id -> ids.add(id.toString()));
    return post(
        "sessions/" + session.id + "/attendees",
        new JsonObject().put("companyId", scene.company.toString()).put("customerIds", ids));
  }

  /** An event as catalog and the others send it. */
  public static JsonObject event(String source, String type, JsonObject data) {
    return new JsonObject()
        .put("specversion", "1.0")
        .put("id", UUID.randomUUID().toString())
        .put("source", source)
        .put("type", type)
        .put("data", data);
  }

  public Answer tell(JsonObject event) {
    return tellAsync(event).join();
  }

  public CompletableFuture<Answer> tellAsync(JsonObject event) {
    return events(event.encode(), "application/cloudevents+json");
  }

  /** A batch. */
  public Answer tell(List<JsonObject> events) {
    return events(new JsonArray(events).encode(), "application/cloudevents-batch+json").join();
  }

  private CompletableFuture<Answer> events(String body, String mediaType) {
    return bookings.sendAsync(
        "POST", "/api/internal/events", token, body, Map.of("Content-Type", mediaType));
  }

  public void tell(String source, String type, JsonObject data) {
    tell(event(source, type, data)).is("204");
  }
}
