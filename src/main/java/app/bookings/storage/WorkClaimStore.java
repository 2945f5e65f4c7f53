package app.bookings.storage;

import app.bookings.background.BackgroundWork;
import app.bookings.database.Database;
import app.bookings.platform.Backoff;
import app.bookings.platform.BookingsConfig;
import app.bookings.platform.Clock;
import app.bookings.platform.LogContext;
import app.bookings.platform.Outage;
import app.bookings.problem.Failures;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BiFunction;
import org.jboss.logging.Logger;

/**
 * Work at bookings that one worker at a time does, over all replicas. A claim is a lease; where the
 * work fails, the booking waits, exponentially longer each time, and holds up no other.
 */
@ApplicationScoped
public class WorkClaimStore implements BackgroundWork {

  private static final Logger LOG = Logger.getLogger(WorkClaimStore.class);
  private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(2), Duration.ofMinutes(1));

  /** Long after the work was done: what is left of a worker that died before it said so. */
  private static final Duration KEPT = Duration.ofDays(1);

  /** $1 work, $2 now, $3 end of the lease; the candidates select {@code b.id}. */
  private static final String CLAIM =
      """
      INSERT INTO bookings.work_claims AS c (work, booking_id, tries, due_at)
      SELECT $1, b.id, 1, $3 FROM bookings.bookings b
      WHERE %s
        AND NOT EXISTS (SELECT 1 FROM bookings.work_claims w
          WHERE w.work = $1 AND w.booking_id = b.id AND w.due_at > $2)
      ORDER BY %s LIMIT %d
      ON CONFLICT (work, booking_id) DO UPDATE SET tries = c.tries + 1, due_at = EXCLUDED.due_at
        WHERE c.due_at <= $2
      RETURNING booking_id, tries
      """;

  private final Database database;
  private final BookingsConfig config;
  private final Clock clock;
  private final Map<String, Outage> outages = new ConcurrentHashMap<>();

  WorkClaimStore(Database database, BookingsConfig config, Clock clock) {
    this.database = database;
    this.config = config;
    this.clock = clock;
  }

  /** A booking that is this worker's for a while, and how often it was claimed for this work. */
  public record Claim(UUID bookingId, int tries) {}

  /**
   * Which bookings need the work.
   *
   * @param name as it is stored
   * @param condition on booking {@code b}; $2 is now, $4 its own parameter
   * @param order which come first
   */
  public record Kind(String name, String condition, String order, int batch) {
    private String sql() {
      return CLAIM.formatted(condition, order, batch);
    }
  }

  /** Claims up to a batch, in order, for as long as a settlement is claimed. */
  public Uni<List<Claim>> claim(Kind kind, Instant parameter) {
    return claim(kind, parameter, config.settlementLease());
  }

  /** Claims up to a batch, in order, for so long. */
  public Uni<List<Claim>> claim(Kind kind, Instant parameter, Duration lease) {
    Instant now = clock.now();
    return database
        .statement(
            kind.sql(),
            Tuple.of(
                kind.name(),
                Database.utc(now),
                Database.utc(now.plus(lease)),
                Database.utc(parameter)))
        .map(
            rows ->
                rows.stream()
                    .map(row -> new Claim(row.getUUID("booking_id"), row.getInteger("tries")))
                    .toList());
  }

  /**
   * Does the work at each, up to so many at once, each in a context of its own. What fails waits,
   * and the log tells of it once per outage; nothing fails here but the database.
   *
   * @param work takes the place in the batch, from 0, and the booking
   */
  public Uni<Void> each(
      Kind kind, List<Claim> claims, int atOnce, BiFunction<Integer, UUID, Uni<?>> work) {
    if (claims.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    Queue<UUID> done = new ConcurrentLinkedQueue<>();
    return Multi.createFrom()
        .range(0, claims.size())
        .onItem()
        .transformToUni(
            place -> {
              Claim claim = claims.get(place);
              return LogContext.of(
                  claim.bookingId(),
                  kind.name(),
                  () ->
                      Uni.createFrom()
                          .deferred(() -> work.apply(place, claim.bookingId()))
                          .invoke(() -> done.add(claim.bookingId()))
                          .invoke(outage(kind)::worked)
                          .replaceWithVoid()
                          .onFailure()
                          .recoverWithUni(failure -> postpone(kind, claim, failure)));
            })
        .merge(atOnce)
        .onItem()
        .ignoreAsUni()
        .chain(() -> done(kind, done));
  }

  private Outage outage(Kind kind) {
    return outages.computeIfAbsent(kind.name(), name -> new Outage(LOG, "Bookings: " + name));
  }

  private Uni<Void> postpone(Kind kind, Claim claim, Throwable failure) {
    Failures.tell(outage(kind), failure);
    return database
        .statement(
            """
            UPDATE bookings.work_claims SET due_at = $4
            WHERE work = $1 AND booking_id = $2 AND tries = $3
            """,
            Tuple.of(
                kind.name(),
                claim.bookingId(),
                claim.tries(),
                Database.utc(clock.now().plus(BACKOFF.after(claim.tries())))))
        .replaceWithVoid();
  }

  private Uni<Void> done(Kind kind, Queue<UUID> bookings) {
    return database
        .statement(
            "DELETE FROM bookings.work_claims WHERE work = $1 AND booking_id = ANY ($2)",
            Tuple.of(kind.name(), bookings.toArray(UUID[]::new)))
        .replaceWithVoid();
  }

  /** Forgets claims of workers that died. */
  @Override
  public Uni<Void> carryOn() {
    return database
        .statement(
            "DELETE FROM bookings.work_claims WHERE due_at < $1",
            Tuple.of(Database.utc(clock.now().minus(KEPT))))
        .replaceWithVoid();
  }
}
