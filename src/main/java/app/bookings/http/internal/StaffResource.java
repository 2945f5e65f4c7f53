package app.bookings.http.internal;

import app.bookings.application.AddingAttendees;
import app.bookings.application.Attendee;
import app.bookings.application.CheckingIn;
import app.bookings.application.SettlingOnSite;
import app.bookings.booking.Actor;
import app.bookings.http.Bounded;
import app.bookings.http.openapi.ProblemResponses;
import app.bookings.problem.Problem;
import app.bookings.view.InternalBookingView;
import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.server.Cancellable;

/** What staff and coaches do through other services (api.md, "Internal"). */
@Path("/api/internal")
@Tag(name = "internal")
@RolesAllowed("bookings-internal")
@NonBlocking
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
class StaffResource {

  private static final int MOST_ATTENDEES = 200;
  private static final Actor STAFF = new Actor("staff");

  private final CheckingIn checkingIn;
  private final SettlingOnSite onSite;
  private final AddingAttendees attendees;

  StaffResource(CheckingIn checkingIn, SettlingOnSite onSite, AddingAttendees attendees) {
    this.checkingIn = checkingIn;
    this.onSite = onSite;
    this.attendees = attendees;
  }

  /** Whose gate it is, and who verified: exactly one of the two. */
  @Schema(name = "CheckIn", additionalProperties = Schema.False.class)
  public record CheckIn(
      @NotNull UUID companyId,
      @Schema(nullable = true) UUID verifierUserId,
      @Schema(nullable = true) UUID verifierScannerCredentialId) {}

  /** Why a debt is forgiven. */
  @Schema(name = "Waiver", additionalProperties = Schema.False.class)
  public record Waiver(@NotNull @Size(min = 1, max = 500) String reason) {}

  /** Whom the coach puts on the session. */
  @Schema(name = "Attendees", additionalProperties = Schema.False.class)
  public record Attendees(
      @NotNull UUID companyId,
      @NotNull @Size(max = MOST_ATTENDEES) List<@NotNull UUID> customerIds) {
    public Attendees {
      customerIds = Bounded.list(customerIds, MOST_ATTENDEES);
    }
  }

  /** What became of each, in the asked order. */
  public record AddedAttendees(List<Attendee> items) {}

  @POST
  @Path("/bookings/{bookingId}/check-in")
  @Cancellable(false)
  @Operation(
      operationId = "checkIn",
      summary = "Verified at the gate; again by anyone: the first verifier is kept")
  @Extension(
      name = ProblemResponses.EXTENSION,
      value = "validation-error booking-not-found invalid-state")
  public Uni<InternalBookingView> checkIn(
      @RestPath UUID bookingId, @NotNull @Valid CheckIn verifier) {
    boolean byUser = verifier.verifierUserId() != null;
    if (byUser == (verifier.verifierScannerCredentialId() != null)) {
      throw Problem.invalid("verifierUserId", "exactly one verifier must be named");
    }
    return checkingIn
        .checkIn(
            bookingId,
            verifier.companyId(),
            verifier.verifierUserId(),
            verifier.verifierScannerCredentialId(),
            STAFF)
        .map(InternalBookingView::of);
  }

  @POST
  @Path("/bookings/{bookingId}/settle-on-site")
  @Consumes(MediaType.WILDCARD)
  @Cancellable(false)
  @Operation(operationId = "settleOnSite", summary = "Staff took the money")
  @Extension(name = ProblemResponses.EXTENSION, value = "booking-not-found invalid-state")
  public Uni<InternalBookingView> settleOnSite(@RestPath UUID bookingId) {
    return onSite.settle(bookingId, STAFF).map(InternalBookingView::of);
  }

  @POST
  @Path("/bookings/{bookingId}/waive")
  @Cancellable(false)
  @Operation(operationId = "waiveDebt", summary = "Forgive what is owed and cancel the booking")
  @Extension(
      name = ProblemResponses.EXTENSION,
      value = "validation-error booking-not-found invalid-state")
  public Uni<InternalBookingView> waive(@RestPath UUID bookingId, @NotNull @Valid Waiver waiver) {
    return onSite.waive(bookingId, waiver.reason(), STAFF).map(InternalBookingView::of);
  }

  @POST
  @Path("/sessions/{sessionId}/attendees")
  @Cancellable(false)
  @Operation(
      operationId = "addAttendees",
      summary = "Put customers on a session; they are billed after it. Repeating it is harmless")
  @Extension(
      name = ProblemResponses.EXTENSION,
      value = "validation-error session-not-found session-not-bookable upstream-unavailable")
  public Uni<AddedAttendees> addAttendees(
      @RestPath UUID sessionId, @NotNull @Valid Attendees asked) {
    return attendees
        .add(asked.companyId(), sessionId, asked.customerIds(), STAFF)
        .map(AddedAttendees::new);
  }
}
