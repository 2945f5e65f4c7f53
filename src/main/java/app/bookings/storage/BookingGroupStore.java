package app.bookings.storage;

import app.bookings.booking.Transition;
import app.bookings.database.Database;
import app.bookings.database.Statement;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** All bookings of a session, or of a customer, of whom something was told. */
@ApplicationScoped
public class BookingGroupStore {

  private static final String HIDE_ALL =
      """
      UPDATE bookings.bookings SET deleted_at = $2, version = version + 1
      WHERE %s = $1 AND deleted_at IS NULL
      """;

  private static final String ACTIVE =
      """
      SELECT id FROM bookings.bookings WHERE %s = $1
        AND status IN ('PENDING', 'CONFIRMED', 'CHECKED_IN', 'PENDING_PAYMENT')
        AND created_at < COALESCE((SELECT until FROM bookings.endings
          WHERE subject = $2 AND subject_id = $1 AND cause = $3), 'infinity')
      ORDER BY created_at LIMIT $4
      """;

  private static final Map<Subject, Statement> HIDE =
      Map.of(
          Subject.SESSION,
          Statement.named("bookings.hide_of_session", HIDE_ALL.formatted("session_id")),
          Subject.CUSTOMER,
          Statement.named("bookings.hide_of_customer", HIDE_ALL.formatted("customer_id")));

  private static final Map<Subject, Statement> TO_END =
      Map.of(
          Subject.SESSION,
          Statement.named("bookings.to_end_of_session", ACTIVE.formatted("session_id")),
          Subject.CUSTOMER,
          Statement.named("bookings.to_end_of_customer", ACTIVE.formatted("customer_id")));

  private static final Statement ACTIVE_IN_SESSION =
      Statement.named(
          "bookings.active_in_session",
          """
          SELECT id FROM bookings.bookings WHERE session_id = $1
            AND status IN ('PENDING', 'CONFIRMED', 'CHECKED_IN', 'PENDING_PAYMENT')
          ORDER BY created_at LIMIT $2
          """);

  private static final Statement DEBTS =
      Statement.named(
          "bookings.debts",
          """
          SELECT id FROM bookings.bookings
          WHERE customer_id = $1 AND status = 'PENDING_PAYMENT' ORDER BY created_at, id
          """);

  private final Database database;

  BookingGroupStore(Database database) {
    this.database = database;
  }

  /** Whose bookings are meant. */
  public enum Subject {
    SESSION,
    CUSTOMER
  }

  /** From now on nobody sees these bookings. */
  public Uni<Void> hide(Subject subject, UUID subjectId, Instant now) {
    return database
        .statement(HIDE.get(subject), Tuple.of(subjectId, Database.utc(now)))
        .replaceWithVoid();
  }

  /**
   * The next active bookings to be ended for a cause, oldest first; where what is to be ended is
   * bounded, only those made before that.
   */
  public Uni<List<UUID>> toEnd(Subject subject, UUID subjectId, Transition cause, int limit) {
    return database
        .statement(TO_END.get(subject), Tuple.of(subjectId, subject.name(), cause.name(), limit))
        .map(BookingGroupStore::ids);
  }

  /** Active bookings of a session, oldest first. */
  public Uni<List<UUID>> activeIn(UUID sessionId, int limit) {
    return database.read(ACTIVE_IN_SESSION, Tuple.of(sessionId, limit)).map(BookingGroupStore::ids);
  }

  /** Bookings that a customer owes for, oldest first. */
  public Uni<List<UUID>> debtsOf(UUID customerId) {
    return database.read(DEBTS, Tuple.of(customerId)).map(BookingGroupStore::ids);
  }

  private static List<UUID> ids(RowSet<Row> rows) {
    return rows.stream().map(row -> row.getUUID("id")).toList();
  }
}
