package app.bookings.neighbours;

import app.bookings.platform.Clock;
import app.bookings.problem.Problem;
import app.bookings.problem.ProblemType;
import app.bookings.seats.Capacity;
import io.quarkus.cache.CacheInvalidate;
import io.quarkus.cache.CacheResult;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.UUID;

/** What is booked, as catalog has it. */
@ApplicationScoped
public class Catalog {

  private final NeighbourCalls neighbours;
  private final CatalogApi api;
  private final Clock clock;

  Catalog(NeighbourCalls neighbours, NeighbourClients clients, Clock clock) {
    this.neighbours = neighbours;
    this.clock = clock;
    this.api = clients.client(Neighbour.CATALOG, CatalogApi.class);
  }

  /** A session, and when catalog was asked for it. */
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
            Neighbour.CATALOG,
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

  /** Drops what is remembered of the session: the next request asks catalog. */
  @CacheInvalidate(cacheName = "sessions")
  public Uni<Void> forget(UUID sessionId) {
    return Uni.createFrom().voidItem();
  }

  private static Seen seen(UUID sessionId, NeighbourResponse answer, Instant asked) {
    return switch (answer.status()) {
      case 200 ->
          new Seen(
              ResponseReader.read(
                  Neighbour.CATALOG,
                  answer,
                  Session.class,
                  session -> session.id().equals(sessionId)),
              asked);
      case 404 -> new Seen(null, asked);
      default -> throw ResponseReader.unexpected(Neighbour.CATALOG, answer);
    };
  }
}
