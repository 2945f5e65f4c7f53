package app.bookings.catalog;

import app.bookings.booking.Capacity;
import app.bookings.problem.Problem;
import app.bookings.problem.ProblemType;
import app.bookings.time.Clock;
import app.bookings.upstream.Answer;
import app.bookings.upstream.Neighbours;
import app.bookings.upstream.Upstream;
import io.quarkus.cache.CacheInvalidate;
import io.quarkus.cache.CacheResult;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.UUID;

/** What is booked, as catalog has it. */
@ApplicationScoped
public class Catalog {

  private final Neighbours neighbours;
  private final CatalogApi api;
  private final Clock clock;

  Catalog(Neighbours neighbours, Clock clock) {
    this.neighbours = neighbours;
    this.clock = clock;
    this.api = neighbours.client(Upstream.CATALOG, CatalogApi.class);
  }

  /** A session and since when we know it. */
  public record Seen(Session session, Instant at) {
    public Capacity capacity() {
      return new Capacity(session.capacity(), at);
    }
  }

  /**
   * The session, at most BOOKINGS_SESSION_CACHE_TTL old. A failure is not kept.
   *
   * @return fails with the problem {@code session-not-found}, or as unavailable
   */
  @CacheResult(cacheName = "sessions")
  public Uni<Seen> session(UUID sessionId) {
    Instant asked = clock.now();
    return neighbours
        .call(
            Upstream.CATALOG,
            () -> api.getSession(sessionId),
            answer -> seen(sessionId, answer, asked))
        // A refusal passes through here as a value: it is catalog's answer, not its failure.
        .map(
            seen -> {
              if (seen.session() == null) {
                throw Problem.of(ProblemType.SESSION_NOT_FOUND, "Catalog has no such session.");
              }
              return seen;
            });
  }

  /** There is news of the session: the next who asks for it asks catalog. */
  @CacheInvalidate(cacheName = "sessions")
  public Uni<Void> forget(UUID sessionId) {
    return Uni.createFrom().voidItem();
  }

  private static Seen seen(UUID sessionId, Answer answer, Instant asked) {
    return switch (answer.status()) {
      case 200 ->
          new Seen(
              Neighbours.read(
                  Upstream.CATALOG,
                  answer,
                  Session.class,
                  session -> session.id().equals(sessionId)),
              asked);
      case 404 -> new Seen(null, asked);
      default -> throw Neighbours.unexpected(Upstream.CATALOG, answer);
    };
  }
}
