package app.bookings.sandbox;

import io.vertx.core.json.JsonObject;

/** What a neighbour answers. */
record Reply(int status, String contentType, String body) {

  static Reply json(int status, JsonObject body) {
    return new Reply(status, "application/json", body.encode());
  }

  static Reply ok(JsonObject body) {
    return json(200, body);
  }

  static Reply html(String page) {
    return new Reply(200, "text/html; charset=utf-8", page);
  }

  static Reply problem(int status, String slug) {
    return problem(status, slug, new JsonObject());
  }

  static Reply problem(int status, String slug, JsonObject members) {
    JsonObject body =
        new JsonObject().put("type", "urn:sandbox:problem:" + slug).put("status", status);
    return new Reply(status, "application/problem+json", body.mergeIn(members).encode());
  }
}
