package app.bookings.http.edge;

import app.bookings.idempotency.IdempotencyKeyHeader;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.util.List;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * An Idempotency-Key is well-formed, once, or 400 on every POST of the client and guest surfaces,
 * those that have nothing to repeat included (api.md, "Idempotency-Key"). Looked at here, since an
 * empty header reaches a resource as if there were none.
 */
class KeyForm {

  private static final String HEADER = "Idempotency-Key";
  private static final String SURFACE = "/api/client/";

  @ServerRequestFilter
  void check(ContainerRequestContext request) {
    List<String> keys = request.getHeaders().get(HEADER);
    if (keys == null
        || !request.getMethod().equals(HttpMethod.POST)
        || !request.getUriInfo().getPath().startsWith(SURFACE)) {
      return;
    }
    if (keys.size() > 1) {
      throw IdempotencyKeyHeader.malformed();
    }
    keys.forEach(IdempotencyKeyHeader::read);
  }
}
