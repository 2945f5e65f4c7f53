package app.bookings.neighbours;

import app.bookings.settlement.ExtraQuantity;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Which pass absorbs a booking and how many of each extra it covers (contracts.md, "Passes").
 *
 * @param entitlementId null when nothing covers it
 */
@RegisterForReflection
public record Coverage(
    @Schema(nullable = true) UUID entitlementId, List<ExtraQuantity> coveredExtras) {

  public Coverage {
    Contract.holds(coveredExtras != null);
    coveredExtras = List.copyOf(coveredExtras);
    for (ExtraQuantity covered : coveredExtras) {
      Contract.holds(covered.extraId() != null && covered.quantity() >= 1);
    }
  }
}
