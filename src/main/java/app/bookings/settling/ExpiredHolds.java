package app.bookings.settling;

import app.bookings.background.BackgroundWork;
import app.bookings.background.ForEachClaimed;
import app.bookings.booking.Booking;
import app.bookings.platform.BookingsConfig;
import app.bookings.platform.Clock;
import app.bookings.storage.BookingStore;
import app.bookings.storage.WorkClaimStore.Kind;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.UUID;

/**
 * Gives up holds that have run out (domain.md, "State machine"; reliability.md, "Invariants", 9).
 * Of open checkouts as many are asked for once more as payments takes at once. The others were
 * asked for ahead and are given up: that their payment is cancelled afterwards tells how it stands.
 * So the last of many is as late as one answer.
 */
@ApplicationScoped
class ExpiredHolds implements BackgroundWork {

  private static final int BATCH = 1000;
  private static final int AT_ONCE = 128;
  private static final int ASKED = 100;

  private static final Kind EXPIRY =
      new Kind(
          "hold-expiry",
          "b.status = 'PENDING' AND b.hold_expires_at <= $4",
          "b.hold_expires_at",
          BATCH);

  private final ForEachClaimed claimed;
  private final BookingStore bookings;
  private final SettlementRunner runner;
  private final Clock clock;
  private final Duration lease;

  ExpiredHolds(
      ForEachClaimed claimed,
      BookingStore bookings,
      SettlementRunner runner,
      BookingsConfig config,
      Clock clock) {
    // As long as one answer and one write take: a worker that dies with a claim delays the place no
    // longer.
    this.lease = config.upstreamTimeout().plus(config.recoveryInterval());
    this.claimed = claimed;
    this.bookings = bookings;
    this.runner = runner;
    this.clock = clock;
  }

  /** A full batch is followed by another. */
  @Override
  public Uni<Void> carryOn() {
    return claimed
        .batch(EXPIRY, clock.now(), lease, AT_ONCE, (place, id) -> expire(id, place < ASKED))
        .flatMap(full -> full ? carryOn() : Uni.createFrom().voidItem());
  }

  private Uni<Booking> expire(UUID id, boolean asks) {
    return bookings.require(id).flatMap(booking -> runner.expire(booking, asks));
  }
}
