package app.bookings.settlement;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * Which settlements whoever holds a booking may ask a neighbour for, by the number of the claim
 * (reliability.md, "Claims are fences"). Others' are left to them, and one that was claimed since
 * is another's. An instance belongs to one pipeline, as its booking does.
 */
public final class Leases {

  private final Map<UUID, Integer> claims;

  private Leases(Map<UUID, Integer> claims) {
    this.claims = claims;
  }

  public static Leases none() {
    return new Leases(new HashMap<>());
  }

  public Leases copy() {
    return new Leases(new HashMap<>(claims));
  }

  /** These claims were made on this holder's behalf. */
  public void claimed(Map<UUID, Integer> made) {
    claims.putAll(made);
  }

  /** All that another instance of the same holder has. */
  public void claimed(Leases others) {
    claims.putAll(others.claims);
  }

  /** It was begun or written by this holder, and is theirs with its number. */
  public void wrote(Settlement settlement) {
    claims.put(settlement.id(), settlement.tries());
  }

  /** Whether the claim of a settlement is still this holder's. */
  public boolean hold(Settlement settlement) {
    return Integer.valueOf(settlement.tries()).equals(claims.get(settlement.id()));
  }

  /**
   * The settlement as it is written: what is unfinished is leased to whoever writes it. To carry on
   * what another had claimed is to claim it: the other has lost it.
   *
   * @param end when others may carry it on
   */
  public Settlement lease(Settlement settlement, Instant end) {
    if (!settlement.state().unfinished() || settlement.dueAt() != null) {
      return settlement;
    }
    return (hold(settlement) ? settlement : settlement.claimed()).leasedUntil(end);
  }
}
