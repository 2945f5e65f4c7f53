package app.bookings.neighbours;

import app.bookings.neighbours.PassesApi.CoverageQuestion;
import app.bookings.neighbours.PassesApi.Redemption;
import app.bookings.settlement.DeclineReason;
import app.bookings.settlement.ExtraQuantity;
import app.bookings.settlement.Outcome;
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

  private final NeighbourCalls neighbours;
  private final PassesApi api;

  Passes(NeighbourCalls neighbours, NeighbourClients clients) {
    this.neighbours = neighbours;
    this.api = clients.client(Neighbour.PASSES, PassesApi.class);
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
        Neighbour.PASSES,
        () -> api.findCoverage(customerId, question),
        answer -> covered(answer, entitlementId));
  }

  private static Coverage covered(NeighbourResponse answer, UUID asked) {
    if (answer.status() == 200) {
      return ResponseReader.read(
          Neighbour.PASSES,
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
    throw ResponseReader.unexpected(Neighbour.PASSES, answer);
  }

  /** Takes one use; declined with {@code entitlement-not-usable}. */
  public Uni<Outcome> redeem(
      UUID redemptionId, UUID entitlementId, UUID customerId, UUID bookingId) {
    return neighbours.call(
        Neighbour.PASSES,
        () -> api.redeem(redemptionId, new Redemption(entitlementId, customerId, bookingId)),
        answer -> {
          if (answer.ok() && answer.body().hasNonNull("entitlementId")) {
            MovementResponses.about(Neighbour.PASSES, answer, "entitlementId", entitlementId);
          }
          return MovementResponses.made(
              Neighbour.PASSES, answer, redemptionId, DeclineReason.ENTITLEMENT_NOT_USABLE);
        });
  }

  /** Gives the use back, or makes sure that it is never taken. */
  public Uni<Outcome> release(UUID redemptionId) {
    return neighbours.call(
        Neighbour.PASSES,
        () -> api.release(redemptionId),
        answer -> MovementResponses.undone(Neighbour.PASSES, answer, redemptionId));
  }
}
