package app.bookings.http.edge;

import app.bookings.platform.LogContext;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.UUID;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** What a request's path names is what its lines of the log are about. */
class RequestLogContext {

  private static final int UUID_LENGTH = 36;

  @ServerRequestFilter
  void note(ContainerRequestContext request) {
    MultivaluedMap<String, String> path = request.getUriInfo().getPathParameters();
    LogContext.about(id(path.getFirst("bookingId")), id(path.getFirst("companyId")));
  }

  /** What is no id is not written to the log. */
  private static UUID id(String text) {
    if (text == null || text.length() != UUID_LENGTH) {
      return null;
    }
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException noId) {
      return null;
    }
  }
}
