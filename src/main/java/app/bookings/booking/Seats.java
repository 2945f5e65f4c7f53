package app.bookings.booking;

import app.bookings.database.Database;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;

/**
 * The places of a session (domain.md, "Seats"). Claims are part of the statement that writes the
 * booking: it takes a place out of one of up to {@value SeatStatements#SLOTS} slots that nobody
 * else is at. Slots never hold more than the capacity less the active bookings; a place that is
 * given up is in none of them until a claim finds them empty. Then the bookings themselves are
 * counted and what is free is dealt out anew, while no claim of the session is under way. So nobody
 * is refused but after a count, and a place can't get lost, whoever dies when.
 */
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
   * @param closed whether the session was called off
   * @param mayFreeUpAt when the earliest unpaid hold ends; null when there is none
   */
  public record Look(Integer free, boolean alreadyBooked, boolean closed, Instant mayFreeUpAt) {
    public boolean full() {
      return free != null && free == 0;
    }
  }

  /** What comes after a claim that found no slot: an answer, or another try. */
  sealed interface Next {}

  /** The answer. */
  record Decided(Placement placement) implements Next {}

  /**
   * A place is there, or was a moment ago.
   *
   * @param waits whether others are at all slots, so that one has to be waited for
   */
  record TryAgain(boolean waits) implements Next {}

  /**
   * How many places are free, and whether the customer has one.
   *
   * @param customerId who may be booked already; null asks for nobody
   */
  public Uni<Look> look(UUID sessionId, Capacity capacity, UUID customerId) {
    return database
        .read(SeatStatements.LOOK, Tuple.of(sessionId, customerId))
        .map(rows -> look(rows.iterator().next(), capacity));
  }

  private static Look look(Row row, Capacity capacity) {
    OffsetDateTime at = row.getOffsetDateTime("capacity_at");
    boolean newer = at != null && !at.isBefore(Database.utc(capacity.knownAt()));
    Integer places = newer ? row.getInteger("capacity") : capacity.places();
    return new Look(
        places == null ? null : Math.toIntExact(Math.max(0, places - row.getLong("active"))),
        row.getBoolean("already_booked"),
        row.getBoolean("closed"),
        instant(row, "may_free_up_at"));
  }

  /**
   * Whether the session is sold out: exact, at the instant of the look. Empty, too, when the user
   * has an active booking there, since that is the reason to be given then.
   */
  public Uni<Optional<Placement.Full>> soldOut(UUID sessionId, Capacity capacity, UUID userId) {
    return database
        .statement(
            SeatStatements.SOLD_OUT,
            Tuple.of(sessionId, capacity.places(), Database.utc(capacity.knownAt()), userId))
        .map(rows -> rows.stream().findFirst().map(Seats::full));
  }

  private static Placement.Full full(Row row) {
    return new Placement.Full(Database.instant(row.getOffsetDateTime("may_free_up_at")));
  }

  /** Why a claim found no place, and what to do about it. */
  Uni<Next> afterFailedClaim(Booking booking, Capacity capacity) {
    return database
        .statement(
            SeatStatements.WHY_NONE,
            Tuple.of(
                booking.sessionId,
                capacity.places(),
                Database.utc(capacity.knownAt()),
                booking.id,
                booking.customerId,
                booking.userId))
        .flatMap(rows -> next(rows.iterator().next(), booking, capacity));
  }

  /** Whether a booking whose hold ran out may have a place again, if one is free. */
  public Uni<Reseat> reseat(Booking booking) {
    return database
        .read(
            SeatStatements.TOLD_OF_BOTH,
            Tuple.of(booking.sessionId, booking.customerId, Database.utc(booking.createdAt)))
        .map(rows -> rows.iterator().next())
        .map(
            row ->
                new Reseat(
                    true,
                    !row.getBoolean("closed") && !row.getBoolean("customer_deleted"),
                    instant(row, "starts_at"),
                    instant(row, "ends_at")));
  }

  private static Instant instant(Row row, String column) {
    return Database.instant(row.getOffsetDateTime(column));
  }

  /** What was told that the booking does not say; null where it says what is true. */
  private static News news(Row row, Booking booking) {
    Instant startsAt = instant(row, "starts_at");
    Instant endsAt = instant(row, "ends_at");
    boolean moved =
        startsAt != null && !(startsAt.equals(booking.startsAt) && endsAt.equals(booking.endsAt));
    UUID user = row.getUUID("linked_user");
    return moved || user != null ? new News(user, startsAt, endsAt) : null;
  }

  private Uni<Next> next(Row row, Booking booking, Capacity capacity) {
    if (row.getBoolean("ours")) {
      return decided(new Placement.Placed(booking));
    }
    if (row.getBoolean("closed")) {
      return decided(new Placement.Closed());
    }
    if (row.getBoolean("customer_deleted")) {
      return decided(new Placement.CustomerDeleted());
    }
    News news = news(row, booking);
    if (news != null) {
      return decided(new Placement.Outdated(news));
    }
    if (row.getBoolean("booked")) {
      return decided(new Placement.AlreadyBooked());
    }
    if (row.getBoolean("sold_out")) {
      return decided(full(row));
    }
    if (row.getBoolean("others_are_at_it")) {
      return Uni.createFrom().item(new TryAgain(true));
    }
    return database
        .transaction(connection -> reckon(connection, booking.sessionId, capacity))
        .map(free -> free ? new TryAgain(false) : new Decided(full(row)));
  }

  private static Uni<Next> decided(Placement placement) {
    return Uni.createFrom().item(new Decided(placement));
  }

  /** Counts the places of a session anew; whether one is free. */
  Uni<Boolean> reckon(UUID sessionId) {
    return database.transaction(
        connection -> reckon(connection, sessionId, new Capacity(null, Instant.EPOCH)));
  }

  /**
   * The row of the session is locked first, so that one counts at a time; then the slots go, which
   * waits for every claim that is under way; what is counted afterwards, by a statement that sees
   * all of them, is dealt out.
   */
  private static Uni<Boolean> reckon(SqlConnection connection, UUID sessionId, Capacity capacity) {
    return learnAndLock(connection, sessionId, capacity)
        .chain(
            () -> connection.preparedQuery(SeatStatements.STILL_DEALT).execute(Tuple.of(sessionId)))
        .flatMap(
            rows ->
                rows.iterator().next().getBoolean("dealt")
                    // Somebody has counted while this one waited for the lock.
                    ? Uni.createFrom().item(true)
                    : dealOut(connection, sessionId));
  }

  private static Uni<Boolean> dealOut(SqlConnection connection, UUID sessionId) {
    return takeBack(connection, sessionId)
        .chain(() -> connection.preparedQuery(SeatStatements.DEAL_OUT).execute(Tuple.of(sessionId)))
        .map(rows -> rows.iterator().next().getInteger("free") > 0);
  }

  /**
   * The capacity as its owner told it; what was overtaken on its way changes nothing.
   *
   * @param places null is unlimited
   * @param toldAt by the sender's clock
   * @param receivedAt by ours
   */
  public Uni<Void> told(UUID sessionId, Integer places, Instant toldAt, Instant receivedAt) {
    return database.transaction(
        connection ->
            connection
                .preparedQuery(SeatStatements.TOLD)
                .execute(
                    Tuple.of(sessionId, places, Database.utc(toldAt), Database.utc(receivedAt)))
                .flatMap(
                    rows ->
                        rows.rowCount() == 1
                            ? takeBack(connection, sessionId)
                            : Uni.createFrom().voidItem()));
  }

  private static Uni<Void> learnAndLock(
      SqlConnection connection, UUID sessionId, Capacity capacity) {
    return connection
        .preparedQuery(SeatStatements.LEARN_AND_LOCK)
        .execute(Tuple.of(sessionId, capacity.places(), Database.utc(capacity.knownAt())))
        .replaceWithVoid();
  }

  /**
   * No place is dealt out any more, until places are counted anew. Waits for the claims that are
   * under way; the caller holds the lock on the row of the session, so that none is dealt out
   * meanwhile.
   */
  public static Uni<Void> takeBack(SqlConnection connection, UUID sessionId) {
    return connection
        .preparedQuery(SeatStatements.TAKE_BACK)
        .execute(Tuple.of(sessionId))
        .replaceWithVoid();
  }
}
