package app.bookings.events;

import app.bookings.openapi.Problems;
import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.Cancellable;

/** Where neighbours send their events (api.md, "Internal"; contracts/events.md). */
@Path("/api/internal/events")
@Tag(name = "internal")
@RolesAllowed("bookings-internal")
@NonBlocking
class EventsResource {

  private final CloudEventReader reader;
  private final EventSignatures signatures;
  private final ReceivingEvents receiving;

  EventsResource(CloudEventReader reader, EventSignatures signatures, ReceivingEvents receiving) {
    this.reader = reader;
    this.signatures = signatures;
    this.receiving = receiving;
  }

  @POST
  @Consumes({CloudEventReader.STRUCTURED, CloudEventReader.BATCHED, MediaType.APPLICATION_JSON})
  @Cancellable(false)
  @Operation(
      operationId = "receiveEvents",
      summary = "CloudEvents 1.0: structured, batched, or binary with ce- headers")
  @APIResponse(responseCode = "204", description = "Processed, known already, or not for us")
  @Extension(name = Problems.EXTENSION, value = "malformed-request")
  public Uni<Void> receive(@Context HttpHeaders headers, String body) {
    signatures.check(headers, body);
    return Multi.createFrom()
        .iterable(reader.read(headers, body))
        .onItem()
        .transformToUniAndConcatenate(receiving::receive)
        .onItem()
        .ignoreAsUni();
  }
}
