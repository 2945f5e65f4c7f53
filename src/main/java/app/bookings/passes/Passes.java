package app.bookings.passes;

import app.bookings.booking.DeclineReason;
import app.bookings.booking.ExtraQuantity;
import app.bookings.booking.Outcome;
import app.bookings.passes.PassesApi.CoverageQuestion;
import app.bookings.passes.PassesApi.Redemption;
import app.bookings.upstream.Answer;
import app.bookings.upstream.Movements;
import app.bookings.upstream.Neighbours;
import app.bookings.upstream.Upstream;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Whether a pass covers a booking, and its uses. */
@ApplicationScoped
public class Passes {

  private static final Set<Integer> ABOUT_US = Set.of(401, 403);

  private final Neighbours neighbours;
  private final PassesApi api;

  Passes(Neighbours neighbours) {
    this.neighbours = neighbours;
    this.api = neighbours.client(Upstream.PASSES, PassesApi.class);
  }

  /**
   * Which pass would absorb the booking. Reads only. A customer of whom passes know nothing, or
   * whom they refuse, has no pass: that is an answer.
   *
   * @param entitlementId asks about this one only; null: the one that passes proposes
   */
  public Uni<Coverage> coverage(
      UUID customerId,
      UUID activityId,
      Instant sessionStartsAt,
      UUID entitlementId,
      List<ExtraQuantity> extras) {
    CoverageQuestion question =
        new CoverageQuestion(activityId, sessionStartsAt, entitlementId, extras);
    return neighbours.call(
        Upstream.PASSES,
        () -> api.findCoverage(customerId, question),
        answer -> covered(answer, entitlementId));
  }

  private static Coverage covered(Answer answer, UUID asked) {
    if (answer.status() == 200) {
      return Neighbours.read(
          Upstream.PASSES,
          answer,
          Coverage.class,
          coverage ->
              asked == null
                  || coverage.entitlementId() == null
                  || coverage.entitlementId().equals(asked));
    }
    // Who may not ask at all learns nothing of the customer.
    if (answer.refusal() && !ABOUT_US.contains(answer.status())) {
      return new Coverage(null, List.of());
    }
    throw Neighbours.unexpected(Upstream.PASSES, answer);
  }

  /** Takes one use; declined with {@code entitlement-not-usable}. */
  public Uni<Outcome> redeem(
      UUID redemptionId, UUID entitlementId, UUID customerId, UUID bookingId) {
    return neighbours.call(
        Upstream.PASSES,
        () -> api.redeem(redemptionId, new Redemption(entitlementId, customerId, bookingId)),
        answer -> {
          if (answer.ok() && answer.body().hasNonNull("entitlementId")) {
            Movements.about(Upstream.PASSES, answer, "entitlementId", entitlementId);
          }
          return Movements.made(
              Upstream.PASSES, answer, redemptionId, DeclineReason.ENTITLEMENT_NOT_USABLE);
        });
  }

  /** Gives the use back, or makes sure that it is never taken. */
  public Uni<Outcome> release(UUID redemptionId) {
    return neighbours.call(
        Upstream.PASSES,
        () -> api.release(redemptionId),
        answer -> Movements.undone(Upstream.PASSES, answer, redemptionId));
  }
}
