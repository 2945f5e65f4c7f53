package app.bookings.http.edge;

import app.bookings.problem.ProblemType;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.VertxException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.regex.Pattern;

/**
 * What readers of a request take for granted, looked at before any of them fails on it: a host, a
 * media type, and a client that reads what it is answered.
 */
@ApplicationScoped
class RequestForm {

  /** A name or an address, and a port. */
  private static final Pattern HOST =
      Pattern.compile(
          "([A-Za-z0-9._~-]+|\\[[0-9A-Fa-f:.]+])(:([0-9]{1,4}|[1-5][0-9]{4}|6[0-4][0-9]{3}))?");

  private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
  private static final Pattern MEDIA_TYPE = Pattern.compile(TOKEN + "/" + TOKEN + "\\s*(;.*)?");

  private final UnroutedProblems problems;

  RequestForm(UnroutedProblems problems) {
    this.problems = problems;
  }

  void install(@Observes Filters filters) {
    filters.register(this::check, Integer.MAX_VALUE);
  }

  /** The router itself refuses hosts that are none, before any filter; others log each of them. */
  void refuse(@Observes Router router) {
    router
        .route()
        .order(Integer.MIN_VALUE)
        .failureHandler(
            failed -> {
              if (failed.failure() instanceof VertxException && !failed.response().ended()) {
                problems.answer(failed, ProblemType.MALFORMED_REQUEST);
              } else {
                failed.next();
              }
            });
  }

  private void check(RoutingContext context) {
    HttpServerRequest request = context.request();
    if (request.response().writeQueueFull()) {
      // Its earlier answers lie here unread: what is answered now would be kept for it, too.
      request.connection().close();
      return;
    }
    String host = request.getHeader(HttpHeaders.HOST);
    String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
    boolean hostless = host == null && request.version() == HttpVersion.HTTP_1_1;
    if (hostless || (host != null && !HOST.matcher(host).matches())) {
      problems.answer(context, ProblemType.MALFORMED_REQUEST);
    } else if (type != null && !MEDIA_TYPE.matcher(type).matches()) {
      problems.answer(context, ProblemType.UNSUPPORTED_MEDIA_TYPE);
    } else {
      context.next();
    }
  }
}
