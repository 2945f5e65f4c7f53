package app.bookings.http;

import app.bookings.application.PaymentChoice;
import app.bookings.settlement.ExtraQuantity;
import app.bookings.settlement.PaymentMethod;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The body of create and quote (api.md, "Client"). */
@Schema(
    name = "CreateBooking",
    additionalProperties = Schema.False.class,
    examples = "{\"paymentMethod\":\"WALLET\",\"expectedTotal\":\"25.00\"}")
public record CreateBookingRequest(
    @NotNull PaymentMethod paymentMethod,
    @Schema(nullable = true, description = "the pass to use; passes proposes one when absent")
        UUID entitlementId,
    @Schema(nullable = true, description = "what pays the extras that a pass leaves")
        PaymentMethod extrasPaymentMethod,
    @Schema(nullable = true, description = "where a checkout leads back to") @ResultUrl
        String resultUrl,
    @Schema(nullable = true) @Size(max = MOST_EXTRAS) List<@NotNull @Valid ChosenExtra> extras,
    @Schema(nullable = true, description = "refuses any other total") @Pattern(regexp = MONEY)
        String expectedTotal) {

  /** Different extras of one booking. */
  public static final int MOST_EXTRAS = 50;

  public static final String MONEY = "\\d{1,8}(\\.\\d{1,2})?";

  public CreateBookingRequest {
    extras = Bounded.list(extras, MOST_EXTRAS);
  }

  /** Some units of an extra; one when no quantity is given. */
  @Schema(name = "ChosenExtra", additionalProperties = Schema.False.class)
  public record ChosenExtra(
      @NotNull UUID extraId, @Schema(nullable = true) @Min(1) @Max(1000) Integer quantity) {}

  /** What it asks for. */
  public PaymentChoice choice() {
    return new PaymentChoice(
        paymentMethod,
        entitlementId,
        extrasPaymentMethod,
        resultUrl,
        extras == null
            ? List.of()
            : extras.stream()
                .map(e -> new ExtraQuantity(e.extraId(), e.quantity() == null ? 1 : e.quantity()))
                .toList(),
        expectedTotal == null ? null : new BigDecimal(expectedTotal));
  }
}
