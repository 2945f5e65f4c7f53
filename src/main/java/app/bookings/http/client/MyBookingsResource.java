package app.bookings.http.client;

import app.bookings.http.openapi.ProblemResponses;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** Lists of the caller's bookings (api.md, "Client"). */
@Path("/api/client")
@Tag(name = "client")
@Authenticated
@NonBlocking
@Produces(MediaType.APPLICATION_JSON)
class MyBookingsResource {

  private final Caller caller;
  private final BookingPages pages;

  MyBookingsResource(Caller caller, BookingPages pages) {
    this.caller = caller;
    this.pages = pages;
  }

  @GET
  @Path("/my-bookings")
  @Operation(operationId = "listMyBookings", summary = "All my bookings")
  @APIResponse(
      responseCode = "200",
      description = "A page, latest session first",
      content = @Content(schema = @Schema(implementation = BookingPage.class)))
  @Extension(name = ProblemResponses.EXTENSION, value = "validation-error")
  public Uni<BookingPage> all(@BeanParam ListParameters query) {
    return pages.page(caller.userId(), null, null, query);
  }

  @GET
  @Path("/companies/{companyId}/bookings")
  @Operation(operationId = "listMyBookingsAtCompany", summary = "My bookings at a company")
  @APIResponse(
      responseCode = "200",
      description = "A page, latest session first",
      content = @Content(schema = @Schema(implementation = BookingPage.class)))
  @Extension(name = ProblemResponses.EXTENSION, value = "validation-error")
  public Uni<BookingPage> atCompany(@RestPath UUID companyId, @BeanParam ListParameters query) {
    return pages.page(caller.userId(), companyId, null, query);
  }
}
