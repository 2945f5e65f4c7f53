package app.bookings.http.internal;

import app.bookings.http.openapi.ProblemResponses;
import app.bookings.platform.BookingsConfig;
import app.bookings.storage.StatusHistoryEntry;
import app.bookings.storage.UnfinishedSettlement;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** What operators ask: what is unfinished and why, and how a booking got into its state. */
@Path("/api/internal")
@Tag(name = "internal")
@RolesAllowed("bookings-internal")
@NonBlocking
@Produces(MediaType.APPLICATION_JSON)
class OperatorResource {

  private final BookingsConfig config;

  OperatorResource(BookingsConfig config) {
    this.config = config;
  }

  /** A list of settlements. */
  public record UnfinishedSettlements(List<UnfinishedSettlement> items) {}

  /** A list of changes, oldest first. */
  public record StatusHistory(List<StatusHistoryEntry> items) {}

  @GET
  @Path("/settlements")
  @WithSession
  @Operation(
      operationId = "listUnfinishedSettlements",
      summary = "Settlements that are not finished, oldest first, with their last error")
  @Extension(name = ProblemResponses.EXTENSION, value = "validation-error")
  public Uni<UnfinishedSettlements> unfinished(@BeanParam SettlementParameters query) {
    return UnfinishedSettlement.list(query.stuck() ? config.settlementTries() : 0, query.size())
        .map(UnfinishedSettlements::new);
  }

  @GET
  @Path("/bookings/{bookingId}/history")
  @WithSession
  @Operation(operationId = "getStatusHistory", summary = "Every change of a booking's status")
  public Uni<StatusHistory> history(@RestPath UUID bookingId) {
    return StatusHistoryEntry.of(bookingId).map(StatusHistory::new);
  }
}
