package app.bookings.sandbox;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** Routes of one neighbour, each open to injected faults. */
final class Endpoints {

  /** A request as the neighbours need it. */
  record Asked(RoutingContext context) {

    UUID id(String parameter) {
      return UUID.fromString(context.pathParam(parameter));
    }

    String query(String parameter) {
      return context.queryParams().get(parameter);
    }

    JsonObject body() {
      JsonObject body = context.body().asJsonObject();
      return body == null ? new JsonObject() : body;
    }
  }

  private final Vertx vertx;
  private final Router router;
  private final Faults faults;
  private final String neighbour;

  Endpoints(Vertx vertx, Router router, Faults faults, String neighbour) {
    this.vertx = vertx;
    this.router = router;
    this.faults = faults;
    this.neighbour = neighbour;
  }

  Endpoints on(HttpMethod method, String path, Function<Asked, Reply> handler) {
    router
        .route(method, "/" + neighbour + path)
        .handler(context -> serve(context, () -> answer(handler, context)));
    return this;
  }

  private static Reply answer(Function<Asked, Reply> handler, RoutingContext context) {
    try {
      return handler.apply(new Asked(context));
    } catch (IllegalArgumentException
        | DecodeException
        | ClassCastException
        | NullPointerException malformed) {
      return Reply.problem(400, "malformed-request");
    }
  }

  private void serve(RoutingContext context, java.util.function.Supplier<Reply> work) {
    Optional<Faults.Rule> fault =
        faults.strike(neighbour, context.request().method().name(), context.request().path());
    if (fault.isEmpty()) {
      send(context, work.get());
      return;
    }
    Faults.Rule rule = fault.get();
    Reply reply = rule.kind().before() ? null : work.get();
    switch (rule.kind()) {
      case ERROR_BEFORE, ERROR_AFTER -> send(context, Reply.problem(rule.status(), "injected"));
      case DROP_BEFORE, DROP_AFTER -> context.request().connection().close();
      case DELAY_BEFORE ->
          vertx.setTimer(Math.max(1, rule.delayMillis()), timer -> send(context, work.get()));
      case DELAY_AFTER ->
          vertx.setTimer(Math.max(1, rule.delayMillis()), timer -> send(context, reply));
      case ALTERED_AFTER ->
          send(
              context,
              new Reply(
                  reply.status(),
                  reply.contentType(),
                  new JsonObject(reply.body()).mergeIn(rule.members()).encode()));
      case GARBAGE_AFTER -> send(context, new Reply(200, "application/json", rule.body()));
    }
  }

  private static void send(RoutingContext context, Reply reply) {
    if (context.response().closed() || context.response().ended()) {
      return;
    }
    context
        .response()
        .setStatusCode(reply.status())
        .putHeader("Content-Type", reply.contentType())
        .end(reply.body());
  }
}
