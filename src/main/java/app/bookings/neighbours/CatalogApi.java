package app.bookings.neighbours;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestPath;

/** contracts.md, "Catalog". */
@Path("/api/internal/sessions")
interface CatalogApi {

  @GET
  @Path("/{sessionId}")
  Uni<Response> getSession(@RestPath UUID sessionId);
}
