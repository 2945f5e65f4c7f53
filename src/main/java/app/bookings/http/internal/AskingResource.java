package app.bookings.http.internal;

import app.bookings.booking.Booking;
import app.bookings.booking.BookingStatus;
import app.bookings.booking.GateCheck;
import app.bookings.http.Bounded;
import app.bookings.http.VersionedResponse;
import app.bookings.http.openapi.ProblemResponses;
import app.bookings.platform.Clock;
import app.bookings.platform.Ids;
import app.bookings.storage.BookingQueries;
import app.bookings.storage.BookingStore;
import app.bookings.view.InternalBookingView;
import app.bookings.view.SessionBookingView;
import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.server.Cancellable;

/**
 * What other services ask about bookings (api.md, "Internal"). There is no other business surface.
 */
@Path("/api/internal")
@Tag(name = "internal")
@RolesAllowed("bookings-internal")
@NonBlocking
@Produces(MediaType.APPLICATION_JSON)
class AskingResource {

  private static final int MOST_BOOKINGS = 500;
  private static final int MOST_SESSIONS = 200;

  private final BookingStore bookings;
  private final BookingQueries queries;
  private final Clock clock;

  AskingResource(BookingStore bookings, BookingQueries queries, Clock clock) {
    this.bookings = bookings;
    this.queries = queries;
    this.clock = clock;
  }

  /** Which bookings. */
  @Schema(name = "BookingsQuery", additionalProperties = Schema.False.class)
  public record Query(@NotNull @Size(max = MOST_BOOKINGS) List<@NotNull UUID> bookingIds) {
    public Query {
      bookingIds = Bounded.list(bookingIds, MOST_BOOKINGS);
    }
  }

  /** Bookings; unknown ids are left out. */
  public record InternalBookings(List<InternalBookingView> items) {}

  /** Which sessions, and how much of them. */
  @Schema(name = "SessionsExpansion", additionalProperties = Schema.False.class)
  public record Expansion(
      @NotNull @Size(max = MOST_SESSIONS) List<@NotNull UUID> sessionIds,
      @Schema(nullable = true) Boolean includeBookings,
      @Schema(nullable = true, description = "not only the active ones") Boolean includeEnded) {
    public Expansion {
      sessionIds = Bounded.list(sessionIds, MOST_SESSIONS);
    }
  }

  /** What catalog embeds in a session. */
  public record ExpandedSession(
      UUID sessionId,
      long activeBookingsCount,
      @Schema(nullable = true, description = "null unless they were asked for")
          List<SessionBookingView> bookings) {}

  /** One item per asked session, in the asked order. */
  public record ExpandedSessions(List<ExpandedSession> items) {}

  /** Whether the customer may write a review. */
  public record ReviewEligibility(
      boolean eligible,
      @Schema(
              nullable = true,
              enumeration = {"not-attended", "session-not-ended"})
          String reason,
      UUID customerId,
      UUID sessionId,
      UUID activityId) {}

  /** How many lines of bookings refer to an extra. */
  public record References(long count) {}

  /** Until when, and how many at most. */
  @Schema(name = "RemindersClaim", additionalProperties = Schema.False.class)
  public record RemindersClaim(
      @NotNull Instant startsBefore, @NotNull @Min(1) @Max(500) Integer limit) {}

  @GET
  @Path("/bookings/{bookingId}")
  @Operation(operationId = "getInternalBooking", summary = "One booking")
  @APIResponse(
      responseCode = "200",
      description = "The booking",
      headers = @Header(name = "ETag", schema = @Schema(implementation = String.class)),
      content = @Content(schema = @Schema(implementation = InternalBookingView.class)))
  @APIResponse(responseCode = "304", description = "It is as it was: If-None-Match holds its ETag")
  @Extension(name = ProblemResponses.EXTENSION, value = "booking-not-found")
  public Uni<Response> one(
      @RestPath UUID bookingId,
      @RestHeader("If-None-Match")
          @Parameter(
              description = "ETags of what the caller has",
              schema = @Schema(type = SchemaType.STRING))
          List<String> ifNoneMatch) {
    return bookings
        .requireVisible(bookingId)
        .map(
            booking ->
                VersionedResponse.of(
                    booking,
                    InternalBookingView.class,
                    InternalBookingView.of(booking),
                    ifNoneMatch));
  }

  @POST
  @Path("/bookings/query")
  @Consumes(MediaType.APPLICATION_JSON)
  @Cancellable(false)
  @Operation(operationId = "queryBookings", summary = "Many bookings by their ids")
  @Extension(name = ProblemResponses.EXTENSION, value = "validation-error")
  public Uni<InternalBookings> query(@NotNull @Valid Query query) {
    return queries
        .byId(query.bookingIds())
        .map(found -> new InternalBookings(found.stream().map(InternalBookingView::of).toList()));
  }

  @POST
  @Path("/sessions/expand")
  @Consumes(MediaType.APPLICATION_JSON)
  @Cancellable(false)
  @Operation(
      operationId = "expandSessions",
      summary = "Bookings and their number for sessions, as catalog embeds them")
  @Extension(name = ProblemResponses.EXTENSION, value = "validation-error")
  public Uni<ExpandedSessions> expand(@NotNull @Valid Expansion asked) {
    if (!Boolean.TRUE.equals(asked.includeBookings())) {
      return queries
          .activeIn(asked.sessionIds())
          .map(
              active ->
                  new ExpandedSessions(
                      asked.sessionIds().stream()
                          .map(id -> new ExpandedSession(id, active.getOrDefault(id, 0L), null))
                          .toList()));
    }
    return queries
        .inSessions(asked.sessionIds(), Boolean.TRUE.equals(asked.includeEnded()))
        .map(
            found ->
                new ExpandedSessions(
                    asked.sessionIds().stream()
                        .map(id -> expanded(id, found.getOrDefault(id, List.of())))
                        .toList()));
  }

  private static ExpandedSession expanded(UUID sessionId, List<SessionBookingView> bookings) {
    return new ExpandedSession(
        sessionId,
        bookings.stream().filter(booking -> booking.status().active()).count(),
        bookings);
  }

  @GET
  @Path("/bookings/{bookingId}/review-eligibility")
  @Operation(operationId = "getReviewEligibility", summary = "Whether a review may be written")
  @Extension(name = ProblemResponses.EXTENSION, value = "booking-not-found")
  public Uni<ReviewEligibility> reviewEligibility(@RestPath UUID bookingId) {
    return bookings.requireVisible(bookingId).map(this::eligibility);
  }

  private ReviewEligibility eligibility(Booking booking) {
    boolean eligible = GateCheck.mayReview(booking, clock.now());
    boolean attending =
        booking.status() == BookingStatus.CONFIRMED || booking.status() == BookingStatus.CHECKED_IN;
    String reason = attending ? "session-not-ended" : "not-attended";
    return new ReviewEligibility(
        eligible,
        eligible ? null : reason,
        booking.parties().customerId(),
        booking.session().sessionId(),
        booking.session().activityId());
  }

  @GET
  @Path("/extras/{extraId}/references")
  @Operation(
      operationId = "countExtraReferences",
      summary = "How many bookings refer to an extra: it must not be deleted while they do")
  public Uni<References> references(@RestPath UUID extraId) {
    return queries.linesOf(extraId).map(References::new);
  }

  @POST
  @Path("/reminders/claim")
  @Consumes(MediaType.APPLICATION_JSON)
  @Cancellable(false)
  @Operation(
      operationId = "claimReminders",
      summary = "Bookings to be reminded of, each handed out once over all callers")
  @Extension(name = ProblemResponses.EXTENSION, value = "validation-error")
  public Uni<InternalBookings> claimReminders(@NotNull @Valid RemindersClaim claim) {
    return queries
        .claimReminders(Ids.next(), claim.startsBefore(), claim.limit(), clock.now())
        .map(found -> new InternalBookings(found.stream().map(InternalBookingView::of).toList()));
  }
}
