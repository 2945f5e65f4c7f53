package app.bookings.place;

import app.bookings.booking.PaymentMethod;
import app.bookings.booking.Placement;
import app.bookings.booking.Seats;
import app.bookings.catalog.Catalog;
import app.bookings.catalog.Session;
import app.bookings.time.Clock;
import io.quarkus.cache.Cache;
import io.quarkus.cache.CacheName;
import io.quarkus.cache.CaffeineCache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * Refuses early where a session was found full a moment ago: one look instead of a question to
 * companies. Only where its answer is the one that the rules in their order would give: the choice
 * passes all that come before, and companies let this user book a moment ago. The look itself is
 * exact, so that a place that has been given up is booked at once (domain.md, "Seats").
 */
@ApplicationScoped
class SoldOut {

  private final CaffeineCache foundFull;
  private final CaffeineCache welcome;
  private final Seats seats;
  private final Clock clock;

  SoldOut(
      @CacheName("sold-out-sessions") Cache foundFull,
      @CacheName("welcome-users") Cache welcome,
      Seats seats,
      Clock clock) {
    this.foundFull = foundFull.as(CaffeineCache.class);
    this.welcome = welcome.as(CaffeineCache.class);
    this.seats = seats;
    this.clock = clock;
  }

  /** A user of a company. */
  private record User(UUID companyId, UUID userId) {}

  /** The session has no free place for this booker, whom companies lets book. */
  void remember(Session session, Booker booker) {
    foundFull.put(session.id(), CompletableFuture.completedFuture(true));
    if (booker.userId() != null) {
      User user = new User(session.companyId(), booker.userId());
      welcome.put(user, CompletableFuture.completedFuture(true));
    }
  }

  /**
   * The refusal, if the session is known to be sold out for this booker. A guest is known to nobody
   * before companies is asked: they may be booked already. What a pass covers only passes knows.
   *
   * @return fails with the problem of a rule that comes before
   */
  Uni<Optional<Placement.Full>> look(Catalog.Seen seen, Booker booker, Choice choice) {
    Session session = seen.session();
    boolean known =
        booker.userId() != null
            && choice.paymentMethod() != PaymentMethod.PASS
            && foundFull.getIfPresent(session.id()) != null
            && welcome.getIfPresent(new User(session.companyId(), booker.userId())) != null;
    if (!known) {
      return Uni.createFrom().item(Optional.empty());
    }
    BookingRules.bookable(session, clock.now());
    BookingRules.plan(session, booker, choice);
    return seats.soldOut(session.id(), seen.capacity(), booker.userId());
  }
}
