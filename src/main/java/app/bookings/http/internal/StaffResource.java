package app.bookings.http.internal;

import app.bookings.application.AddingAttendees;
import app.bookings.application.Attendee;
import app.bookings.booking.Actor;
import app.bookings.booking.Booking;
import app.bookings.booking.GateCheck;
import app.bookings.booking.OnSitePayment;
import app.bookings.database.DatabaseUnavailable;
import app.bookings.http.Bounded;
import app.bookings.http.openapi.ProblemResponses;
import app.bookings.platform.BookingsConfig;
import app.bookings.platform.Clock;
import app.bookings.problem.Problem;
import app.bookings.problem.ProblemType;
import app.bookings.settling.SettlementRunner;
import app.bookings.storage.BookingStore;
import app.bookings.storage.RequestRun;
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
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
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

  private final BookingStore bookings;
  private final SettlementRunner settler;
  private final AddingAttendees attendees;
  private final Clock clock;
  private final Duration patience;

  StaffResource(
      BookingStore bookings,
      SettlementRunner settler,
      AddingAttendees attendees,
      BookingsConfig config,
      Clock clock) {
    this.patience = config.requestDeadline();
    this.bookings = bookings;
    this.settler = settler;
    this.attendees = attendees;
    this.clock = clock;
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
      throw Problem.of(ProblemType.VALIDATION_ERROR, "See violations.")
          .with(
              "violations",
              List.of(
                  Map.of(
                      "field", "verifierUserId",
                      "message", "exactly one verifier must be named")));
    }
    return change(
        bookingId,
        booking -> {
          Found.of(verifier.companyId(), booking);
          GateCheck.checkIn(
              booking,
              verifier.verifierUserId(),
              verifier.verifierScannerCredentialId(),
              STAFF,
              clock.now());
        });
  }

  @POST
  @Path("/bookings/{bookingId}/settle-on-site")
  @Consumes(MediaType.WILDCARD)
  @Cancellable(false)
  @Operation(operationId = "settleOnSite", summary = "Staff took the money")
  @Extension(name = ProblemResponses.EXTENSION, value = "booking-not-found invalid-state")
  public Uni<InternalBookingView> settleOnSite(@RestPath UUID bookingId) {
    return change(bookingId, booking -> OnSitePayment.settle(booking, STAFF, clock.now()));
  }

  @POST
  @Path("/bookings/{bookingId}/waive")
  @Cancellable(false)
  @Operation(operationId = "waiveDebt", summary = "Forgive what is owed and cancel the booking")
  @Extension(
      name = ProblemResponses.EXTENSION,
      value = "validation-error booking-not-found invalid-state")
  public Uni<InternalBookingView> waive(@RestPath UUID bookingId, @NotNull @Valid Waiver waiver) {
    return change(bookingId, b -> OnSitePayment.waive(b, waiver.reason(), STAFF, clock.now()));
  }

  private Uni<InternalBookingView> change(UUID bookingId, Consumer<Booking> change) {
    RequestRun run = RequestRun.withoutKey();
    return bookings
        .findVisible(bookingId)
        .map(Found::orNotFound)
        .flatMap(booking -> bookings.change(booking, run, change))
        .ifNoItem()
        .after(patience)
        .failWith(() -> run.unfinished(null))
        .onFailure(DatabaseUnavailable.class)
        .transform(failure -> run.unfinished((Problem) failure))
        .invoke(settler::settleInBackground)
        .map(InternalBookingView::of);
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
