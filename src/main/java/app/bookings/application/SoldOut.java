package app.bookings.application;

import app.bookings.neighbours.Catalog;
import app.bookings.seats.NoPlace;
import app.bookings.seats.Seats;
import io.quarkus.cache.Cache;
import io.quarkus.cache.CacheName;
import io.quarkus.cache.CaffeineCache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * Refuses with one look where a session was found full a moment ago, instead of a claim that fails
 * and a look why. After every rule that comes before, so that its answer is the one that the rules
 * give in their order. The memory only says for which sessions to look; the look is exact, so that
 * a place that has been given up is booked at once (domain.md, "Seats").
 */
@ApplicationScoped
class SoldOut {

  private final CaffeineCache foundFull;
  private final Seats seats;

  SoldOut(@CacheName("sold-out-sessions") Cache foundFull, Seats seats) {
    this.foundFull = foundFull.as(CaffeineCache.class);
    this.seats = seats;
  }

  void remember(UUID sessionId) {
    foundFull.put(sessionId, CompletableFuture.completedFuture(true));
  }

  /** The refusal, if the session is known to be sold out for this user; guests claim as ever. */
  Uni<Optional<NoPlace.Full>> look(Catalog.Seen seen, Booker booker) {
    UUID sessionId = seen.session().id();
    return booker.userId() == null || foundFull.getIfPresent(sessionId) == null
        ? Uni.createFrom().item(Optional.empty())
        : seats.soldOut(sessionId, seen.capacity(), booker.userId());
  }
}
