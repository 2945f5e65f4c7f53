package app.bookings.neighbours;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestPath;

/** contracts.md, "Payments". */
@Path("/api/internal")
interface PaymentsApi {

  record StartPayment(
      String sourceType,
      UUID sourceId,
      UUID companyId,
      UUID customerId,
      BigDecimal amount,
      String currency,
      String resultUrl,
      Instant expiresAt) {}

  record Refund(UUID paymentId, BigDecimal amount) {}

  @PUT
  @Path("/payments/{paymentId}")
  Uni<Response> startPayment(@RestPath UUID paymentId, StartPayment payment);

  @GET
  @Path("/payments/{paymentId}")
  Uni<Response> getPayment(@RestPath UUID paymentId);

  @DELETE
  @Path("/payments/{paymentId}")
  Uni<Response> cancelPayment(@RestPath UUID paymentId);

  @PUT
  @Path("/payment-refunds/{refundId}")
  Uni<Response> refundPayment(@RestPath UUID refundId, Refund refund);
}
