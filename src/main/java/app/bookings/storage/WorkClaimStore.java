package app.bookings.storage;

import app.bookings.database.Database;
import app.bookings.database.Statement;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Who is at which work at which booking, and which booking waits. A claim is a lease. */
@ApplicationScoped
public class WorkClaimStore {

  /** $1 work, $2 now, $3 end of the lease; the candidates select {@code b.id}. */
  private static final Statement.Family CLAIM = Statement.family("work_claims.claim");

  private static final String CLAIM_TEXT =
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

  private static final Statement POSTPONE =
      Statement.named(
          "work_claims.postpone",
          """
          UPDATE bookings.work_claims SET due_at = $4
          WHERE work = $1 AND booking_id = $2 AND tries = $3
          """);

  private static final Statement DONE =
      Statement.named(
          "work_claims.done",
          "DELETE FROM bookings.work_claims WHERE work = $1 AND booking_id = ANY ($2)");

  private final Database database;

  WorkClaimStore(Database database) {
    this.database = database;
  }

  /** A booking that is this worker's for a while, and how often it was claimed for this work. */
  public record Claim(UUID bookingId, int tries) {}

  /**
   * Which bookings need the work.
   *
   * @param name as it is stored
   * @param condition on booking {@code b}; $2 is now, $4 its own parameter
   * @param order which come first
   * @param batch how many are claimed at once, at most
   */
  public record Kind(String name, String condition, String order, int batch) {
    private Statement claim() {
      return CLAIM.of(CLAIM_TEXT.formatted(condition, order, batch));
    }
  }

  /** Claims up to a batch, in order, until then. */
  public Uni<List<Claim>> claim(Kind kind, Instant parameter, Instant now, Instant leasedUntil) {
    return database
        .statement(
            kind.claim(),
            Tuple.of(
                kind.name(), Database.utc(now), Database.utc(leasedUntil), Database.utc(parameter)))
        .map(
            rows ->
                rows.stream()
                    .map(row -> new Claim(row.getUUID("booking_id"), row.getInteger("tries")))
                    .toList());
  }

  /** The work failed: the booking waits until then, unless somebody has claimed it since. */
  public Uni<Void> postpone(Kind kind, Claim claim, Instant until) {
    return database
        .statement(
            POSTPONE, Tuple.of(kind.name(), claim.bookingId(), claim.tries(), Database.utc(until)))
        .replaceWithVoid();
  }

  /** The work at these is done: nothing is left of their claims. */
  public Uni<Void> done(Kind kind, List<UUID> bookings) {
    return database
        .statement(DONE, Tuple.of(kind.name(), bookings.toArray(UUID[]::new)))
        .replaceWithVoid();
  }
}
