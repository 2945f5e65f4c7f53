package app.bookings.http.client;

import app.bookings.application.Booker;
import app.bookings.application.PlacingBooking;
import app.bookings.application.Quote;
import app.bookings.application.Quoting;
import app.bookings.booking.Actor;
import app.bookings.http.BookingResponses;
import app.bookings.http.CreateBookingRequest;
import app.bookings.http.openapi.ProblemResponses;
import app.bookings.idempotency.IdempotentRequests;
import app.bookings.view.BookingView;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.mutiny.Uni;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.server.Cancellable;

/** The caller's bookings in a session, and booking there (api.md, "Client"). */
@Path("/api/client/companies/{companyId}/sessions/{sessionId}/bookings")
@Tag(name = "client")
@Authenticated
@NonBlocking
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
class SessionBookingsResource {

  private final Caller caller;
  private final PlacingBooking placing;
  private final Quoting quoting;
  private final BookingPages pages;
  private final IdempotentRequests requests;
  private final BookingResponses responses;

  SessionBookingsResource(
      Caller caller,
      PlacingBooking placing,
      Quoting quoting,
      BookingPages pages,
      IdempotentRequests requests,
      BookingResponses responses) {
    this.caller = caller;
    this.placing = placing;
    this.quoting = quoting;
    this.pages = pages;
    this.requests = requests;
    this.responses = responses;
  }

  @POST
  @Cancellable(false)
  @Operation(operationId = "createBooking", summary = "Book a place in a session")
  @APIResponse(
      responseCode = "201",
      description = "Confirmed, or pending with a checkout to be paid",
      headers = @Header(name = "Location", schema = @Schema(implementation = String.class)),
      content = @Content(schema = @Schema(implementation = BookingView.class)))
  @APIResponse(
      responseCode = "202",
      description = "Pending: the settlement still runs, poll the booking",
      headers = @Header(name = "Location", schema = @Schema(implementation = String.class)),
      content = @Content(schema = @Schema(implementation = BookingView.class)))
  @Extension(
      name = ProblemResponses.EXTENSION,
      value =
          "validation-error payment-declined customer-banned session-not-found session-full"
              + " already-booked price-changed session-not-bookable request-in-progress"
              + " payment-method-not-allowed extra-not-available remainder-not-covered"
              + " idempotency-key-reused upstream-unavailable")
  public Uni<Response> create(
      @RestPath UUID companyId,
      @RestPath UUID sessionId,
      @RestHeader("Idempotency-Key") String idempotencyKey,
      UriInfo uri,
      @NotNull @Valid CreateBookingRequest body) {
    UUID userId = caller.userId();
    return requests
        .once(
            new IdempotentRequests.Request(
                Actor.user(userId).name(),
                idempotencyKey,
                uri.getPath(),
                body,
                requests.deadline()),
            run ->
                placing.place(
                    companyId, sessionId, new Booker.SignedIn(userId), body.choice(), run),
            responses::created)
        .map(BookingResponses::response);
  }

  @POST
  @Path("/quote")
  @Operation(
      operationId = "quoteBooking",
      summary = "What booking would cost, and whether it would do")
  @APIResponse(
      responseCode = "200",
      description = "The quote; nothing was claimed or moved",
      content = @Content(schema = @Schema(implementation = Quote.class)))
  @Extension(
      name = ProblemResponses.EXTENSION,
      value = "validation-error session-not-found upstream-unavailable")
  @Cancellable(false)
  public Uni<Quote> quote(
      @RestPath UUID companyId,
      @RestPath UUID sessionId,
      // Its form is checked, as that of every client's POST; there is nothing to repeat.
      @RestHeader("Idempotency-Key") String idempotencyKey,
      @NotNull @Valid CreateBookingRequest body) {
    return quoting.quote(companyId, sessionId, caller.userId(), body.choice());
  }

  @GET
  @Consumes(MediaType.WILDCARD)
  @Operation(operationId = "listMyBookingsInSession", summary = "My bookings in a session")
  @APIResponse(
      responseCode = "200",
      description = "A page, latest session first",
      content = @Content(schema = @Schema(implementation = BookingPage.class)))
  @Extension(name = ProblemResponses.EXTENSION, value = "validation-error")
  public Uni<BookingPage> list(
      @RestPath UUID companyId, @RestPath UUID sessionId, @BeanParam ListParameters query) {
    return pages.page(caller.userId(), companyId, sessionId, query);
  }
}
