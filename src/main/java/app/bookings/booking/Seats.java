package app.bookings.booking;

import app.bookings.database.Database;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** How many places of a session are free (domain.md, "Seats"). Claims are part of the booking. */
@ApplicationScoped
public class Seats {

  private final Database database;

  Seats(Database database) {
    this.database = database;
  }

  /**
   * A look that claims nothing.
   *
   * @param free places; null is unlimited
   */
  public record Look(Integer free, boolean alreadyBooked) {
    public boolean full() {
      return free != null && free == 0;
    }
  }

  /**
   * How many places are free, and whether the customer has one.
   *
   * @param customerId who may be booked already; null asks for nobody
   */
  public Uni<Look> look(UUID sessionId, Capacity capacity, UUID customerId) {
    return database
        .statement(
            """
            SELECT s.taken, s.capacity, s.capacity_at,
              EXISTS (SELECT 1 FROM bookings.bookings b
                WHERE b.session_id = q.session_id AND b.customer_id = q.customer_id
                  AND b.status IN ('PENDING', 'CONFIRMED', 'CHECKED_IN', 'PENDING_PAYMENT'))
                AS already_booked
            FROM (SELECT $1::uuid AS session_id, $2::uuid AS customer_id) q
            LEFT JOIN bookings.session_seats s ON s.session_id = q.session_id
            """,
            Tuple.of(sessionId, customerId))
        .map(rows -> look(rows.iterator().next(), capacity));
  }

  private static Look look(Row row, Capacity capacity) {
    var at = row.getOffsetDateTime("capacity_at");
    boolean newer = at != null && !at.isBefore(Database.utc(capacity.knownAt()));
    Integer places = newer ? row.getInteger("capacity") : capacity.places();
    Integer taken = row.getInteger("taken");
    return new Look(
        places == null ? null : Math.max(0, places - (taken == null ? 0 : taken)),
        row.getBoolean("already_booked"));
  }

  /** The capacity as somebody knows it; older knowledge than ours changes nothing. */
  public Uni<Void> capacity(UUID sessionId, Capacity capacity) {
    return database
        .statement(
            """
            INSERT INTO bookings.session_seats AS s (session_id, capacity, capacity_at, taken)
            VALUES ($1, $2, $3, 0)
            ON CONFLICT (session_id) DO UPDATE
              SET capacity = EXCLUDED.capacity, capacity_at = EXCLUDED.capacity_at
              WHERE EXCLUDED.capacity_at > s.capacity_at
            """,
            Tuple.of(sessionId, capacity.places(), Database.utc(capacity.knownAt())))
        .replaceWithVoid();
  }
}
