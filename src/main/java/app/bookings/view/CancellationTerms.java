package app.bookings.view;

import app.bookings.booking.Booking;
import app.bookings.booking.Cancellation;
import app.bookings.booking.GivingBack;
import app.bookings.problem.Problem;
import app.bookings.settlement.PaymentMethod;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What cancelling would do now (api.md, "Client", cancellation). */
@Schema(
    examples =
        """
        {"allowed": true, "reason": null, "deadline": "2026-11-30T12:00:00Z",
         "giveBack": [{"to": "WALLET", "amount": "28.50"}]}
        """)
public record CancellationTerms(
    boolean allowed,
    @Schema(nullable = true, description = "the problem that cancel would answer") String reason,
    @Schema(nullable = true, description = "null: a paid booking can't be cancelled")
        Instant deadline,
    List<GiveBack> giveBack) {

  /** Something that goes back to the customer. */
  @Schema(name = "GiveBack")
  public record GiveBack(
      @Schema(enumeration = {"WALLET", "CARD", "BONUS", "PASS"}) PaymentMethod to,
      @Schema(description = "money for WALLET and CARD, points for BONUS, uses for PASS")
          BigDecimal amount) {}

  public static CancellationTerms of(Booking booking, Instant now) {
    Optional<Problem> refusal = Cancellation.refusal(booking, now);
    return new CancellationTerms(
        refusal.isEmpty(),
        refusal.map(problem -> problem.type().slug()).orElse(null),
        booking.session().cancellationDeadline(),
        refusal.isPresent()
            ? List.of()
            : GivingBack.preview(booking).stream()
                .map(part -> new GiveBack(part.to(), part.amount()))
                .toList());
  }
}
