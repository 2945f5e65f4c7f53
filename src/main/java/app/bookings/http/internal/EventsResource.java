package app.bookings.http.internal;

import app.bookings.events.in.CloudEvent;
import app.bookings.events.in.CloudEventReader;
import app.bookings.events.in.EventSenders;
import app.bookings.events.in.EventSignatures;
import app.bookings.events.in.ReceivingEvents;
import app.bookings.http.openapi.ProblemResponses;
import io.quarkus.security.identity.SecurityIdentity;
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
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.Cancellable;

/** Where neighbours send their events (api.md, "Internal"; events.md, "Inbound"). */
@Path("/api/internal/events")
@Tag(name = "internal")
@RolesAllowed("bookings-internal")
@NonBlocking
class EventsResource {

  private final CloudEventReader reader;
  private final EventSignatures signatures;
  private final ReceivingEvents receiving;
  private final EventSenders senders;
  private final SecurityIdentity caller;

  EventsResource(
      CloudEventReader reader,
      EventSignatures signatures,
      ReceivingEvents receiving,
      EventSenders senders,
      SecurityIdentity caller) {
    this.senders = senders;
    this.caller = caller;
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
  @APIResponse(
      responseCode = "204",
      description = "Processed now or before, or about nothing that is kept here")
  @Extension(name = ProblemResponses.EXTENSION, value = "malformed-request")
  public Uni<Void> receive(@Context HttpHeaders headers, String body) {
    Optional<String> message = signatures.check(headers, body);
    List<CloudEvent> events = reader.read(headers, body);
    events.forEach(event -> senders.check(caller.getPrincipal().getName(), event));
    return Multi.createFrom()
        .iterable(events)
        .onItem()
        .transformToUniAndConcatenate(event -> receiving.receive(event, message))
        .onItem()
        .ignoreAsUni();
  }
}
