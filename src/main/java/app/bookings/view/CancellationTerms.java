package app.bookings.view;

import app.bookings.booking.Booking;
import app.bookings.booking.GiveBack;
import app.bookings.problem.Problem;
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

  public static CancellationTerms of(Booking booking, Instant now) {
    Optional<Problem> refusal = booking.refusalToCancel(now);
    return new CancellationTerms(
        refusal.isEmpty(),
        refusal.map(problem -> problem.type().slug()).orElse(null),
        booking.cancellationDeadline(),
        refusal.isPresent() ? List.of() : booking.toGiveBack());
  }
}
