package app.bookings.settling;

import app.bookings.neighbours.NeighbourUnavailable;
import app.bookings.platform.Backoff;
import app.bookings.platform.BookingsConfig;
import app.bookings.platform.Clock;
import app.bookings.settlement.Settlement;
import app.bookings.storage.SettlementStore;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Which settlements somebody has to look at, and when. Any number of replicas claim from it at
 * once; a claim is a lease, so what a killed one had claimed is claimed again (reliability.md,
 * "How").
 */
@ApplicationScoped
class SettlementQueue {

  /** A claim of so many may have left others. */
  static final int BATCH = SettlementStore.BATCH;

  private static final Logger LOG = Logger.getLogger(SettlementQueue.class);
  private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30));

  private final SettlementStore settlements;
  private final BookingsConfig config;
  private final Clock clock;

  SettlementQueue(SettlementStore settlements, BookingsConfig config, Clock clock) {
    this.settlements = settlements;
    this.config = config;
    this.clock = clock;
  }

  /**
   * Claims what is due of up to {@link #BATCH} settlements' bookings.
   *
   * @return by booking, the number of the claim by settlement
   */
  Uni<Map<UUID, Map<UUID, Integer>>> claim() {
    Instant now = clock.now();
    return settlements.claim(now, now.plus(config.settlementLease()));
  }

  /**
   * Puts a settlement off that got no answer: exponentially longer each time, with jitter, or as
   * long as the neighbour asked. It is never given up; with the last of the configured tries it is
   * logged as stuck, once: from then on the metric and the operators' list show it. Where somebody
   * else has claimed it since, it is theirs and nothing happens.
   */
  Uni<Void> postpone(Settlement settlement, NeighbourUnavailable failure) {
    long wait = BACKOFF.after(settlement.tries()).toMillis();
    if (failure.askedSeconds() != null) {
      wait = Math.max(wait, failure.askedSeconds() * 1000L);
    }
    if (settlement.tries() == config.settlementTries()) {
      LOG.errorf(
          "Settlement %s (%s, %s) of booking %s is stuck after %d tries: %s",
          settlement.id(),
          settlement.kind(),
          settlement.state(),
          settlement.bookingId(),
          settlement.tries(),
          failure.what());
    }
    return settlements.postpone(settlement, clock.now().plusMillis(wait), failure.what());
  }
}
