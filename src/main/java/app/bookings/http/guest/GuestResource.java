package app.bookings.http.guest;

import app.bookings.application.Booker;
import app.bookings.application.PlacingBooking;
import app.bookings.application.Throttle;
import app.bookings.booking.Actor;
import app.bookings.http.BookingCommands;
import app.bookings.http.BookingResponses;
import app.bookings.http.CancelBookingRequest;
import app.bookings.http.PayBookingRequest;
import app.bookings.http.VersionedResponse;
import app.bookings.http.openapi.ProblemResponses;
import app.bookings.idempotency.IdempotentRequests;
import app.bookings.neighbours.Deadline;
import app.bookings.problem.Problem;
import app.bookings.problem.ProblemType;
import app.bookings.settlement.PaymentMethod;
import app.bookings.view.BookingView;
import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.PermitAll;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
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
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirementsSet;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.server.Cancellable;

/** Guests: the same use cases as for clients, opened by a token (api.md, "Guest"). */
@Path("/api/client/guest")
@Tag(name = "guest")
@SecurityRequirementsSet
@PermitAll
@NonBlocking
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
class GuestResource {

  private final GuestBookings guests;
  private final GuestResponses responses;
  private final PlacingBooking placing;
  private final BookingCommands commands;
  private final IdempotentRequests requests;

  GuestResource(
      GuestBookings guests,
      GuestResponses responses,
      PlacingBooking placing,
      BookingCommands commands,
      IdempotentRequests requests) {
    this.guests = guests;
    this.responses = responses;
    this.placing = placing;
    this.commands = commands;
    this.requests = requests;
  }

  @POST
  @Path("/companies/{companyId}/sessions/{sessionId}/bookings")
  @Cancellable(false)
  @Operation(operationId = "createGuestBooking", summary = "Book a place without an account")
  @APIResponse(
      responseCode = "201",
      description = "Confirmed, or pending with a checkout to be paid",
      content = @Content(schema = @Schema(implementation = GuestBooking.class)))
  @APIResponse(
      responseCode = "202",
      description = "Pending: the settlement still runs, poll the booking",
      content = @Content(schema = @Schema(implementation = GuestBooking.class)))
  @Extension(
      name = ProblemResponses.EXTENSION,
      value =
          "validation-error payment-declined customer-banned session-not-found session-full"
              + " already-booked price-changed session-not-bookable request-in-progress"
              + " payment-method-not-allowed extra-not-available remainder-not-covered"
              + " idempotency-key-reused rate-limited upstream-unavailable")
  public Uni<Response> create(
      @RestPath UUID companyId,
      @RestPath UUID sessionId,
      @RestHeader("Idempotency-Key") String idempotencyKey,
      @Context HttpServerRequest http,
      UriInfo uri,
      @NotNull @Valid GuestBookingRequest body) {
    Booker.Guest guest = body.guest(guests.countContact(companyId, body.address()));
    // Whose key it is: a hash, since the contact is not stored.
    String caller = "guest:" + Throttle.hash(companyId + ":" + guest.email());
    Deadline deadline = requests.deadline();
    return requests
        .before(deadline, guests.countAddress(http))
        .chain(
            () ->
                requests.once(
                    new IdempotentRequests.Request(
                        caller, idempotencyKey, uri.getPath(), body, deadline),
                    run -> placing.place(companyId, sessionId, guest, body.choice(), run),
                    result -> responses.toKeep(result.booking())))
        .map(responses::withToken)
        .map(BookingResponses::response);
  }

  @GET
  @Path("/bookings/{bookingId}")
  @Consumes(MediaType.WILDCARD)
  @Operation(operationId = "getGuestBooking", summary = "The booking that a token opens")
  @APIResponse(
      responseCode = "200",
      description = "The booking",
      headers = @Header(name = "ETag", schema = @Schema(implementation = String.class)),
      content = @Content(schema = @Schema(implementation = BookingView.class)))
  @APIResponse(responseCode = "304", description = "It is as it was: If-None-Match holds its ETag")
  @Extension(name = ProblemResponses.EXTENSION, value = "booking-not-found rate-limited")
  public Uni<Response> get(
      @RestPath UUID bookingId,
      @RestHeader("Booking-Token") String bookingToken,
      @RestHeader("If-None-Match")
          @Parameter(
              description = "ETags of what the caller has",
              schema = @Schema(type = SchemaType.STRING))
          List<String> ifNoneMatch,
      @Context HttpServerRequest http) {
    return guests
        .one(http, bookingId, bookingToken)
        .map(
            booking ->
                VersionedResponse.of(
                    booking, BookingView.class, BookingView.of(booking), ifNoneMatch));
  }

  @POST
  @Path("/bookings/{bookingId}/pay")
  @Cancellable(false)
  @Operation(operationId = "payGuestBooking", summary = "Pay by card")
  @APIResponse(
      responseCode = "200",
      description = "A checkout is open",
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
              + " idempotency-key-reused rate-limited upstream-unavailable")
  public Uni<Response> pay(
      @RestPath UUID bookingId,
      @RestHeader("Booking-Token") String bookingToken,
      @RestHeader("Idempotency-Key") String idempotencyKey,
      @Context HttpServerRequest http,
      UriInfo uri,
      @NotNull @Valid PayBookingRequest body) {
    Deadline deadline = requests.deadline();
    return requests
        .before(deadline, guests.one(http, bookingId, bookingToken))
        .invoke(booking -> byCard(body.paymentMethod()))
        .flatMap(
            booking ->
                commands.pay(
                    request(bookingId, idempotencyKey, uri, body, deadline),
                    () -> Uni.createFrom().item(booking),
                    body,
                    Actor.GUEST));
  }

  private static void byCard(PaymentMethod method) {
    if (method != PaymentMethod.CARD) {
      throw Problem.of(ProblemType.PAYMENT_METHOD_NOT_ALLOWED, "Guests pay by card.");
    }
  }

  @POST
  @Path("/bookings/{bookingId}/cancel")
  @Cancellable(false)
  @Operation(
      operationId = "cancelGuestBooking",
      summary = "Cancel and get the money back to the card")
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
              + " request-in-progress idempotency-key-reused rate-limited")
  public Uni<Response> cancel(
      @RestPath UUID bookingId,
      @RestHeader("Booking-Token") String bookingToken,
      @RestHeader("Idempotency-Key") String idempotencyKey,
      @Context HttpServerRequest http,
      UriInfo uri,
      @RequestBody(required = false) @Valid CancelBookingRequest body) {
    Deadline deadline = requests.deadline();
    return requests
        .before(deadline, guests.one(http, bookingId, bookingToken))
        .flatMap(
            booking ->
                commands.cancel(
                    request(bookingId, idempotencyKey, uri, body, deadline),
                    () -> Uni.createFrom().item(booking),
                    body,
                    Actor.GUEST));
  }

  /** Keys are the booking's: whoever holds its token is the same caller. */
  private static IdempotentRequests.Request request(
      UUID bookingId, String key, UriInfo uri, Object body, Deadline deadline) {
    return new IdempotentRequests.Request(
        "booking:" + bookingId, key, uri.getPath(), body, deadline);
  }
}
