package app.bookings.http.edge;

import app.bookings.problem.ProblemType;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.regex.Pattern;

/**
 * A bearer token is a signed JWT, of three parts, or 401 before anything looks into it: readers of
 * tokens fail on what is not even of their form.
 */
@ApplicationScoped
class TokenForm {

  /** RFC 6750: there was a token, and it is not valid. */
  static final String INVALID_TOKEN = "Bearer error=\"invalid_token\"";

  private static final String SCHEME = "Bearer ";
  private static final Pattern SIGNED_JWT =
      Pattern.compile("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+");

  private final UnroutedProblems problems;

  TokenForm(UnroutedProblems problems) {
    this.problems = problems;
  }

  /** After the bounds of bodies, before authentication. */
  void install(@Observes Filters filters) {
    filters.register(this::check, Integer.MAX_VALUE - 1);
  }

  private void check(RoutingContext context) {
    String authorization = context.request().getHeader(HttpHeaders.AUTHORIZATION);
    boolean bearer =
        authorization != null && authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
    if (bearer && !SIGNED_JWT.matcher(authorization.substring(SCHEME.length())).matches()) {
      context.response().putHeader("WWW-Authenticate", INVALID_TOKEN);
      problems.answer(context, ProblemType.UNAUTHORIZED);
    } else {
      context.next();
    }
  }
}
