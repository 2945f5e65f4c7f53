package app.bookings.sandbox;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** contracts.md, "Catalog". */
final class CatalogSandbox {

  private final Map<UUID, JsonObject> sessions = new ConcurrentHashMap<>();

  void mount(Endpoints endpoints) {
    endpoints.on(
        HttpMethod.GET,
        "/api/internal/sessions/:sessionId",
        asked -> {
          JsonObject session = sessions.get(asked.id("sessionId"));
          return session == null ? Reply.problem(404, "session-not-found") : Reply.ok(session);
        });
  }

  /** Puts a session on offer, or changes the members that are named. */
  JsonObject put(UUID id, JsonObject members) {
    return sessions.merge(
        id, members.copy().put("id", id.toString()), (old, more) -> old.copy().mergeIn(more));
  }
}
