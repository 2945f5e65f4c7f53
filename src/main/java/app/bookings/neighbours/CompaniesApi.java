package app.bookings.neighbours;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestPath;

/** contracts.md, "Companies". */
@Path("/api/internal")
interface CompaniesApi {

  /** Either a user, or a guest's contact. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Contact(UUID userId, String email, String phone, String name) {

    /** Nothing of the contact, wherever it may be printed. */
    @Override
    public String toString() {
      return "Contact";
    }
  }

  record BonusDebit(UUID customerId, int points, UUID bookingId) {}

  @POST
  @Path("/companies/{companyId}/customers/resolve")
  Uni<Response> resolveCustomer(@RestPath UUID companyId, Contact contact);

  @GET
  @Path("/customers/{customerId}")
  Uni<Response> getCustomer(@RestPath UUID customerId);

  @PUT
  @Path("/bonus-debits/{debitId}")
  Uni<Response> debitBonus(@RestPath UUID debitId, BonusDebit debit);

  @DELETE
  @Path("/bonus-debits/{debitId}")
  Uni<Response> reverseBonusDebit(@RestPath UUID debitId);
}
