package app.bookings.http.edge;

import app.bookings.platform.JsonText;
import app.bookings.platform.Outage;
import app.bookings.problem.Problem;
import app.bookings.problem.ProblemDocument;
import app.bookings.problem.ProblemType;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.quarkus.oidc.OIDCException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.core.http.HttpServerRequest;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Path;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Every failure of a request becomes a problem document, the framework's own included. */
class ProblemMappers {

  private static final Logger LOG = Logger.getLogger(ProblemMappers.class);
  private static final Outage ISSUER = new Outage(LOG, "Tokens can't be verified");

  /** An answer that names more than these helps nobody, and grows with what was sent. */
  private static final int MOST_VIOLATIONS = 20;

  private final CurrentVertxRequest request;
  private final AllowedMethods methods;
  private final JsonText json;

  ProblemMappers(CurrentVertxRequest request, AllowedMethods methods, JsonText json) {
    this.json = json;
    this.request = request;
    this.methods = methods;
  }

  @ServerExceptionMapper
  Response problem(Problem problem) {
    return problem.type() == ProblemType.UNAUTHORIZED
        ? challenge(answer(problem), "Bearer")
        : answer(problem);
  }

  @ServerExceptionMapper
  Response invalid(ConstraintViolationException failure) {
    List<Map<String, String>> violations =
        failure.getConstraintViolations().stream()
            .map(ProblemMappers::violation)
            .sorted(Comparator.comparing(violation -> violation.get("field")))
            .limit(MOST_VIOLATIONS)
            .toList();
    return answer(Problem.invalid(violations));
  }

  private static Map<String, String> violation(ConstraintViolation<?> violation) {
    String path = violation.getPropertyPath().toString();
    // The first two nodes are the method and its parameter, which the caller does not know.
    int nodes = 0;
    for (Path.Node ignored : violation.getPropertyPath()) {
      nodes++;
    }
    String[] parts = path.split("\\.", 3);
    String field = nodes >= 3 && parts.length == 3 ? parts[2] : parts[parts.length - 1];
    return Map.of("field", field, "message", violation.getMessage());
  }

  @ServerExceptionMapper({JsonProcessingException.class, MismatchedInputException.class})
  Response unreadable(JsonProcessingException failure) {
    return answer(malformed(failure));
  }

  private static Problem malformed(JsonProcessingException failure) {
    String where =
        failure instanceof JsonMappingException mapping
            ? mapping.getPath().stream()
                .map(JsonMappingException.Reference::getFieldName)
                .filter(name -> name != null && name.matches("[A-Za-z0-9]{1,40}"))
                .collect(Collectors.joining("."))
            : "";
    return where.isEmpty()
        ? Problem.of(ProblemType.MALFORMED_REQUEST, "The body is not the JSON that is expected.")
        : Problem.invalid(where, "unknown property or malformed value");
  }

  @ServerExceptionMapper
  Response unauthenticated(AuthenticationFailedException failure, HttpServerRequest request) {
    // The mechanism that refused the token has added a challenge that says less.
    request.response().headers().remove(HttpHeaders.WWW_AUTHENTICATE);
    return unauthorized(TokenForm.INVALID_TOKEN);
  }

  @ServerExceptionMapper
  Response unauthenticated(UnauthorizedException failure) {
    return unauthorized("Bearer");
  }

  private Response unauthorized(String challenge) {
    return challenge(
        answer(Problem.of(ProblemType.UNAUTHORIZED, "Send a valid bearer token.")), challenge);
  }

  private static Response challenge(Response answer, String challenge) {
    return Response.fromResponse(answer).header(HttpHeaders.WWW_AUTHENTICATE, challenge).build();
  }

  /** The issuer of the tokens does not answer, and its keys are not known yet. */
  @ServerExceptionMapper
  Response unverifiable(OIDCException failure) {
    ISSUER.failed(String.valueOf(failure.getMessage()));
    return answer(
        Problem.of(ProblemType.UPSTREAM_UNAVAILABLE, "Nothing was written; try again.")
            .with("upstream", "identity")
            .retryAfter(1));
  }

  @ServerExceptionMapper
  Response forbidden(ForbiddenException failure) {
    return answer(Problem.of(ProblemType.FORBIDDEN, "The token does not allow this."));
  }

  /** What the framework refuses by itself: paths, methods, media types, sizes. */
  @ServerExceptionMapper
  Response refused(WebApplicationException failure) {
    if (failure.getCause() instanceof JsonProcessingException unreadable) {
      return answer(malformed(unreadable));
    }
    int status = failure.getResponse().getStatus();
    return switch (status) {
      case 400 -> answer(Problem.of(ProblemType.MALFORMED_REQUEST, "The request can't be read."));
      case 401 -> unauthorized("Bearer");
      case 403 -> answer(Problem.of(ProblemType.FORBIDDEN, "The token does not allow this."));
      case 404 -> answer(Problem.of(ProblemType.NOT_FOUND, "No such resource."));
      case 405 -> notAllowed();
      case 406 -> answer(Problem.of(ProblemType.NOT_ACCEPTABLE, "Only JSON is served."));
      case 413 -> answer(Problem.of(ProblemType.CONTENT_TOO_LARGE, "At most 64 KiB are read."));
      case 415 -> answer(Problem.of(ProblemType.UNSUPPORTED_MEDIA_TYPE, "Only JSON is read."));
      default -> status < 400 ? failure.getResponse() : unexpected(failure);
    };
  }

  private Response notAllowed() {
    return Response.fromResponse(
            answer(Problem.of(ProblemType.METHOD_NOT_ALLOWED, "See the Allow header.")))
        .header(HttpHeaders.ALLOW, methods.at(request.getCurrent().normalizedPath()))
        .build();
  }

  @ServerExceptionMapper
  Response unexpected(Throwable failure) {
    SpanContext span = Span.current().getSpanContext();
    String trace =
        span.isValid() ? span.getTraceId() : UUID.randomUUID().toString().replace("-", "");
    LOG.errorf(failure, "Request failed, trace id %s", trace);
    return answer(
        Problem.of(
                ProblemType.INTERNAL_ERROR,
                "This is a defect of the service: report it with the trace id.")
            .with("traceId", trace));
  }

  private Response answer(Problem problem) {
    Response.ResponseBuilder answer =
        Response.status(problem.type().status())
            .type(ProblemDocument.MEDIA_TYPE)
            .entity(
                json.write(
                    ProblemDocument.class,
                    ProblemDocument.of(problem, request.getCurrent().request().path())));
    if (problem.retryAfterSeconds() != null) {
      answer.header(HttpHeaders.RETRY_AFTER, problem.retryAfterSeconds());
    }
    return answer.build();
  }
}
