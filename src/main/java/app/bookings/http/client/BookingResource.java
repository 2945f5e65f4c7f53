package app.bookings.http.client;

import app.bookings.booking.Actor;
import app.bookings.http.BookingCommands;
import app.bookings.http.CancelBookingRequest;
import app.bookings.http.PayBookingRequest;
import app.bookings.http.VersionedResponse;
import app.bookings.http.openapi.ProblemResponses;
import app.bookings.idempotency.IdempotentRequests;
import app.bookings.platform.Clock;
import app.bookings.view.BookingView;
import app.bookings.view.CancellationTerms;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.mutiny.Uni;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.server.Cancellable;

/** One of the caller's bookings (api.md, "Client"). */
@Path("/api/client/bookings/{bookingId}")
@Tag(name = "client")
@Authenticated
@NonBlocking
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
class BookingResource {

  private final Caller caller;
  private final OwnBookings own;
  private final BookingCommands commands;
  private final IdempotentRequests requests;
  private final Clock clock;

  BookingResource(
      Caller caller,
      OwnBookings own,
      BookingCommands commands,
      IdempotentRequests requests,
      Clock clock) {
    this.caller = caller;
    this.own = own;
    this.commands = commands;
    this.requests = requests;
    this.clock = clock;
  }

  @GET
  @Consumes(MediaType.WILDCARD)
  @Operation(operationId = "getBooking", summary = "One of my bookings")
  @APIResponse(
      responseCode = "200",
      description = "The booking",
      headers = @Header(name = "ETag", schema = @Schema(implementation = String.class)),
      content = @Content(schema = @Schema(implementation = BookingView.class)))
  @APIResponse(responseCode = "304", description = "It is as it was: If-None-Match holds its ETag")
  @Extension(name = ProblemResponses.EXTENSION, value = "booking-not-found")
  public Uni<Response> get(
      @RestPath UUID bookingId,
      @RestHeader("If-None-Match")
          @Parameter(
              description = "ETags of what the caller has",
              schema = @Schema(type = SchemaType.STRING))
          List<String> ifNoneMatch) {
    return own.one(caller.userId(), bookingId)
        .map(
            booking ->
                VersionedResponse.of(
                    booking, BookingView.class, BookingView.of(booking), ifNoneMatch));
  }

  @GET
  @Path("/cancellation")
  @Consumes(MediaType.WILDCARD)
  @Operation(operationId = "previewCancellation", summary = "What cancelling would do now")
  @APIResponse(
      responseCode = "200",
      description = "Whether it is allowed, and what would be given back where",
      content = @Content(schema = @Schema(implementation = CancellationTerms.class)))
  @Extension(name = ProblemResponses.EXTENSION, value = "booking-not-found")
  public Uni<CancellationTerms> cancellation(@RestPath UUID bookingId) {
    return own.one(caller.userId(), bookingId)
        .map(booking -> CancellationTerms.of(booking, clock.now()));
  }

  @POST
  @Path("/pay")
  @Cancellable(false)
  @Operation(
      operationId = "payBooking",
      summary = "Pay a booking that is pending, due, or unpaid on site")
  @APIResponse(
      responseCode = "200",
      description = "Paid, or a checkout is open",
      content = @Content(schema = @Schema(implementation = BookingView.class)))
  @APIResponse(
      responseCode = "202",
      description = "The settlement still runs: poll the booking",
      content = @Content(schema = @Schema(implementation = BookingView.class)))
  @Extension(
      name = ProblemResponses.EXTENSION,
      value =
          "validation-error payment-declined booking-not-found price-changed invalid-state"
              + " request-in-progress payment-method-not-allowed remainder-not-covered"
              + " idempotency-key-reused upstream-unavailable")
  public Uni<Response> pay(
      @RestPath UUID bookingId,
      @RestHeader("Idempotency-Key") String idempotencyKey,
      UriInfo uri,
      @NotNull @Valid PayBookingRequest body) {
    UUID userId = caller.userId();
    return commands.pay(
        request(userId, idempotencyKey, uri, body),
        () -> own.one(userId, bookingId),
        body,
        Actor.user(userId));
  }

  @POST
  @Path("/cancel")
  @Cancellable(false)
  @Operation(operationId = "cancelBooking", summary = "Cancel a booking and get back what was paid")
  @APIResponse(
      responseCode = "200",
      description = "Cancelled, now or before",
      content = @Content(schema = @Schema(implementation = BookingView.class)))
  @APIResponse(
      responseCode = "202",
      description = "Cancelled; something is still being given back",
      content = @Content(schema = @Schema(implementation = BookingView.class)))
  @Extension(
      name = ProblemResponses.EXTENSION,
      value =
          "validation-error booking-not-found cancellation-window-closed invalid-state"
              + " request-in-progress idempotency-key-reused")
  public Uni<Response> cancel(
      @RestPath UUID bookingId,
      @RestHeader("Idempotency-Key") String idempotencyKey,
      UriInfo uri,
      @RequestBody(required = false) @Valid CancelBookingRequest body) {
    UUID userId = caller.userId();
    return commands.cancel(
        request(userId, idempotencyKey, uri, body),
        () -> own.one(userId, bookingId),
        body,
        Actor.user(userId));
  }

  private IdempotentRequests.Request request(UUID userId, String key, UriInfo uri, Object body) {
    return new IdempotentRequests.Request(
        Actor.user(userId).name(), key, uri.getPath(), body, requests.deadline());
  }
}
