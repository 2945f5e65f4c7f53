package app.bookings.storage;

import app.bookings.database.Database;
import app.bookings.database.Statement;
import app.bookings.settlement.Settlement;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** Settlements that somebody has to look at, and who is at them. */
@ApplicationScoped
public class SettlementStore {

  /** Bookings are claimed of up to so many settlements at once. */
  public static final int BATCH = 100;

  /**
   * A claim is a fence: it moves on the version that every write of the booking is guarded by, and
   * the number of the settlement's claim, in the statement that makes it. The booking is locked
   * first, as whoever writes it does. Takes whatever of a booking is due.
   */
  private static final Statement CLAIM =
      Statement.named(
          "settlements.claim",
          """
          WITH fenced AS MATERIALIZED (
            SELECT b.id FROM bookings.bookings b
            WHERE b.id = ANY (ARRAY(
              SELECT s.booking_id FROM bookings.settlements s WHERE s.due_at <= $1
              ORDER BY s.due_at LIMIT %d))
            FOR UPDATE SKIP LOCKED),
          claimed AS (
            UPDATE bookings.settlements s SET due_at = $2, tries = s.tries + 1
            FROM fenced WHERE s.booking_id = fenced.id AND s.due_at <= $1
            RETURNING s.booking_id, s.id, s.tries),
          fence AS (
            UPDATE bookings.bookings b SET version = b.version + 1
            WHERE b.id IN (SELECT booking_id FROM claimed))
          SELECT booking_id, id, tries FROM claimed
          """
              .formatted(BATCH));

  private static final Statement POSTPONE =
      Statement.named(
          "settlements.postpone",
          """
          UPDATE bookings.settlements SET due_at = $2, last_error = $3
          WHERE id = $1 AND state = $4 AND tries = $5
          """);

  private final Database database;

  SettlementStore(Database database) {
    this.database = database;
  }

  /**
   * Claims what is due of up to {@link #BATCH} settlements' bookings.
   *
   * @param leasedUntil from when on others may claim it
   * @return by booking, the number of the claim by settlement
   */
  public Uni<Map<UUID, Map<UUID, Integer>>> claim(Instant now, Instant leasedUntil) {
    return database
        .statement(CLAIM, Tuple.of(Database.utc(now), Database.utc(leasedUntil)))
        .map(
            rows ->
                rows.stream()
                    .collect(
                        Collectors.groupingBy(
                            (Row row) -> row.getUUID("booking_id"),
                            Collectors.toMap(
                                row -> row.getUUID("id"), row -> row.getInteger("tries")))));
  }

  /** Puts it off, unless somebody has claimed it or moved it on since it was read. */
  public Uni<Void> postpone(Settlement settlement, Instant until, String error) {
    return database
        .statement(
            POSTPONE,
            Tuple.of(
                settlement.id(),
                Database.utc(until),
                error,
                settlement.state().name(),
                settlement.tries()))
        .replaceWithVoid();
  }
}
