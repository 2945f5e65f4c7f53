package app.bookings.application;

import app.bookings.neighbours.Coverage;
import app.bookings.settlement.PaymentMethod;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What booking would cost, and whether it would be taken (api.md, "Client", quote). */
@Schema(
    examples =
        """
        {"bookable": true, "problem": null, "price": "25.00", "extrasTotal": "3.50",
         "total": "28.50", "currency": "EUR", "coverage": null,
         "allowedPaymentMethods": ["ON_SITE", "WALLET"], "freePlaces": 9,
         "cancellationDeadline": "2026-11-30T12:00:00Z"}
        """)
public record Quote(
    boolean bookable,
    @Schema(nullable = true, description = "the problem that create would answer") String problem,
    BigDecimal price,
    @Schema(nullable = true, description = "null when an extra is not available")
        BigDecimal extrasTotal,
    @Schema(nullable = true, description = "null when an extra is not available") BigDecimal total,
    String currency,
    @Schema(nullable = true, description = "null when no pass was asked for") Coverage coverage,
    List<PaymentMethod> allowedPaymentMethods,
    @Schema(nullable = true, description = "null is unlimited") Integer freePlaces,
    @Schema(nullable = true) Instant cancellationDeadline) {}
