package app.bookings.background;

import app.bookings.platform.Backoff;
import app.bookings.platform.Clock;
import app.bookings.storage.WorkClaimStore;
import app.bookings.storage.WorkClaimStore.Claim;
import app.bookings.storage.WorkClaimStore.Kind;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.stream.IntStream;

/**
 * Work at bookings that one worker at a time does, over all replicas. Where the work fails, the
 * booking waits, exponentially longer each time, and holds up no other.
 */
@ApplicationScoped
public class ForEachClaimed {

  private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(2), Duration.ofMinutes(1));

  private final WorkClaimStore claims;
  private final Clock clock;

  ForEachClaimed(WorkClaimStore claims, Clock clock) {
    this.claims = claims;
    this.clock = clock;
  }

  /**
   * Claims a batch of bookings that need the work and does it at each, up to so many at once, each
   * in a context of its own. The log tells of failures once per outage; this fails where the
   * database does.
   *
   * @param parameter the kind's own
   * @param lease how long a claim holds
   * @param work takes the place in the batch, from 0, and the booking
   * @return whether the batch was full, so that another may have something to do
   */
  public Uni<Boolean> batch(
      Kind kind,
      Instant parameter,
      Duration lease,
      int atOnce,
      BiFunction<Integer, UUID, Uni<?>> work) {
    Instant now = clock.now();
    return claims
        .claim(kind, parameter, now, now.plus(lease))
        .call(claimed -> each(kind, claimed, atOnce, work))
        .map(claimed -> claimed.size() == kind.batch());
  }

  private Uni<Void> each(
      Kind kind, List<Claim> claimed, int atOnce, BiFunction<Integer, UUID, Uni<?>> work) {
    if (claimed.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    return ForEachBooking.of(
            IntStream.range(0, claimed.size()).boxed().toList(),
            place -> claimed.get(place).bookingId(),
            atOnce,
            kind.name(),
            place -> work.apply(place, claimed.get(place).bookingId()),
            place -> postpone(kind, claimed.get(place)))
        .map(done -> done.stream().map(place -> claimed.get(place).bookingId()).toList())
        .flatMap(done -> claims.done(kind, done));
  }

  private Uni<Void> postpone(Kind kind, Claim claim) {
    return claims.postpone(kind, claim, clock.now().plus(BACKOFF.after(claim.tries())));
  }
}
