package app.bookings.http.edge;

import app.bookings.platform.JsonText;
import app.bookings.problem.Problem;
import app.bookings.problem.ProblemDocument;
import app.bookings.problem.ProblemType;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Map;

/**
 * Problem documents for what is refused before a resource is reached: bodies over the limit, paths
 * that nothing is mounted at.
 */
@ApplicationScoped
class UnroutedProblems {

  private static final Map<Integer, ProblemType> TYPES =
      Map.of(
          400, ProblemType.MALFORMED_REQUEST,
          401, ProblemType.UNAUTHORIZED,
          403, ProblemType.FORBIDDEN,
          404, ProblemType.NOT_FOUND,
          405, ProblemType.METHOD_NOT_ALLOWED,
          406, ProblemType.NOT_ACCEPTABLE,
          413, ProblemType.CONTENT_TOO_LARGE,
          415, ProblemType.UNSUPPORTED_MEDIA_TYPE);

  private final JsonText json;

  UnroutedProblems(JsonText json) {
    this.json = json;
  }

  void install(@Observes Router router) {
    TYPES.keySet().forEach(status -> router.errorHandler(status, this::answer));
  }

  private void answer(RoutingContext context) {
    if (context.response().ended() || context.response().headWritten()) {
      return;
    }
    answer(context, TYPES.get(context.statusCode()));
  }

  void answer(RoutingContext context, ProblemType type) {
    Problem problem = Problem.of(type, type.title() + ".");
    context
        .response()
        .setStatusCode(type.status())
        .putHeader("Content-Type", ProblemDocument.MEDIA_TYPE)
        .end(
            json.write(
                ProblemDocument.class, ProblemDocument.of(problem, context.normalizedPath())));
  }
}
