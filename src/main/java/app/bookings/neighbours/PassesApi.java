package app.bookings.neighbours;

import app.bookings.settlement.ExtraQuantity;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestPath;

/** contracts.md, "Passes". */
@Path("/api/internal")
interface PassesApi {

  /** {@code entitlementId} asks about that one only; absent, passes proposes one. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record CoverageQuestion(
      UUID activityId, Instant sessionStartsAt, UUID entitlementId, List<ExtraQuantity> extras) {}

  record Redemption(UUID entitlementId, UUID customerId, UUID bookingId) {}

  @POST
  @Path("/customers/{customerId}/coverage")
  Uni<Response> findCoverage(@RestPath UUID customerId, CoverageQuestion question);

  @PUT
  @Path("/redemptions/{redemptionId}")
  Uni<Response> redeem(@RestPath UUID redemptionId, Redemption redemption);

  @DELETE
  @Path("/redemptions/{redemptionId}")
  Uni<Response> release(@RestPath UUID redemptionId);
}
