package app.bookings.http.edge;

import app.bookings.problem.Problem;
import app.bookings.problem.ProblemType;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** JSON is UTF-8 (RFC 8259): a Content-Type that names another charset is 415. */
class BodyCharset {

  @ServerRequestFilter
  void check(ContainerRequestContext request) {
    MediaType type = request.getMediaType();
    String charset = type == null ? null : type.getParameters().get(MediaType.CHARSET_PARAMETER);
    if (charset != null && !charset.replace("\"", "").equalsIgnoreCase("utf-8")) {
      throw Problem.of(ProblemType.UNSUPPORTED_MEDIA_TYPE, "Only UTF-8 is read.");
    }
  }
}
