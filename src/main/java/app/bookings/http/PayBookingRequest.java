package app.bookings.http;

import app.bookings.application.PaymentChoice;
import app.bookings.settlement.PaymentMethod;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The body of pay: that of create without extras (api.md, "Client"). */
@Schema(
    name = "PayBooking",
    additionalProperties = Schema.False.class,
    examples = "{\"paymentMethod\":\"WALLET\"}")
public record PayBookingRequest(
    @NotNull PaymentMethod paymentMethod,
    @Schema(nullable = true) UUID entitlementId,
    @Schema(nullable = true) PaymentMethod extrasPaymentMethod,
    @Schema(nullable = true) @ResultUrl String resultUrl,
    @Schema(nullable = true) @Pattern(regexp = CreateBookingRequest.MONEY) String expectedTotal) {

  /** What it asks for. */
  public PaymentChoice choice() {
    return new PaymentChoice(
        paymentMethod,
        entitlementId,
        extrasPaymentMethod,
        resultUrl,
        List.of(),
        expectedTotal == null ? null : new BigDecimal(expectedTotal));
  }
}
