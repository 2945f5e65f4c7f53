package app.bookings.neighbours;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.math.BigDecimal;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestPath;

/** contracts.md, "Wallet". */
@Path("/api/internal")
interface WalletApi {

  record Debit(UUID customerId, BigDecimal amount, String currency, UUID bookingId) {}

  record RefundRequest(UUID bookingId, UUID customerId, BigDecimal amount, String currency) {}

  @PUT
  @Path("/debits/{debitId}")
  Uni<Response> debit(@RestPath UUID debitId, Debit debit);

  @DELETE
  @Path("/debits/{debitId}")
  Uni<Response> reverseDebit(@RestPath UUID debitId);

  @PUT
  @Path("/refund-requests/{refundRequestId}")
  Uni<Response> requestRefund(@RestPath UUID refundRequestId, RefundRequest request);

  @GET
  @Path("/refund-requests/{refundRequestId}")
  Uni<Response> getRefundRequest(@RestPath UUID refundRequestId);
}
