package app.bookings.seats;

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
 * counted and what is free is shared out anew, while no claim of the session is under way. So
 * nobody is refused without a count, and no crash loses a place.
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
  public Uni<Optional<NoPlace.Full>> soldOut(UUID sessionId, Capacity capacity, UUID userId) {
    return database
        .statement(
            SeatStatements.SOLD_OUT,
            Tuple.of(sessionId, capacity.places(), Database.utc(capacity.knownAt()), userId))
        .map(rows -> rows.stream().findFirst().map(Seats::full));
  }

  private static NoPlace.Full full(Row row) {
    return new NoPlace.Full(Database.instant(row.getOffsetDateTime("may_free_up_at")));
  }

  /** Why a claim found no place, and what to do about it. */
  public Uni<AfterClaim> afterFailedClaim(Claim claim, Capacity capacity) {
    return database
        .statement(
            SeatStatements.WHY_NONE,
            Tuple.of(
                claim.sessionId(),
                capacity.places(),
                Database.utc(capacity.knownAt()),
                claim.bookingId(),
                claim.customerId(),
                claim.userId()))
        .flatMap(rows -> next(rows.iterator().next(), claim, capacity));
  }

  /**
   * What was told of a session and a customer, however long ago.
   *
   * @param open whether the session takes bookings and the customer is not deleted
   * @param startsAt null where nothing was told of the times since; likewise endsAt
   */
  public record Told(boolean open, Instant startsAt, Instant endsAt) {}

  /**
   * What was told of both.
   *
   * @param since times that were told before are known
   */
  public Uni<Told> told(UUID sessionId, UUID customerId, Instant since) {
    return database
        .read(SeatStatements.TOLD_OF_BOTH, Tuple.of(sessionId, customerId, Database.utc(since)))
        .map(rows -> rows.iterator().next())
        .map(
            row ->
                new Told(
                    !row.getBoolean("closed") && !row.getBoolean("customer_deleted"),
                    instant(row, "starts_at"),
                    instant(row, "ends_at")));
  }

  private static Instant instant(Row row, String column) {
    return Database.instant(row.getOffsetDateTime(column));
  }

  /** What was told that the booking does not say; null where it says what is true. */
  private static News news(Row row, Claim claim) {
    Instant startsAt = instant(row, "starts_at");
    Instant endsAt = instant(row, "ends_at");
    boolean moved =
        startsAt != null && !(startsAt.equals(claim.startsAt()) && endsAt.equals(claim.endsAt()));
    UUID user = row.getUUID("linked_user");
    return moved || user != null ? new News(user, startsAt, endsAt) : null;
  }

  private Uni<AfterClaim> next(Row row, Claim claim, Capacity capacity) {
    if (row.getBoolean("ours")) {
      return Uni.createFrom().item(new AfterClaim.Written());
    }
    if (row.getBoolean("closed")) {
      return refused(new NoPlace.Closed());
    }
    if (row.getBoolean("customer_deleted")) {
      return refused(new NoPlace.CustomerDeleted());
    }
    News news = news(row, claim);
    if (news != null) {
      return refused(new NoPlace.Outdated(news));
    }
    if (row.getBoolean("booked")) {
      return refused(new NoPlace.AlreadyBooked());
    }
    if (row.getBoolean("sold_out")) {
      return refused(full(row));
    }
    if (row.getBoolean("others_are_at_it")) {
      return Uni.createFrom().item(new AfterClaim.TryAgain(true));
    }
    return database
        .transaction(connection -> count(connection, claim.sessionId(), capacity))
        .map(free -> free ? new AfterClaim.TryAgain(false) : new AfterClaim.Refused(full(row)));
  }

  private static Uni<AfterClaim> refused(NoPlace why) {
    return Uni.createFrom().item(new AfterClaim.Refused(why));
  }

  /** Counts the places of a session anew; whether one is free. */
  public Uni<Boolean> count(UUID sessionId) {
    return database.transaction(
        connection -> count(connection, sessionId, new Capacity(null, Instant.EPOCH)));
  }

  /**
   * The row of the session is locked first, so that one counts at a time; then the slots go, which
   * waits for every claim that is under way; what is counted afterwards, by a statement that sees
   * all of them, is shared out.
   */
  private static Uni<Boolean> count(SqlConnection connection, UUID sessionId, Capacity capacity) {
    return learnAndLock(connection, sessionId, capacity)
        .chain(() -> SeatStatements.STILL_SHARED.execute(connection, Tuple.of(sessionId)))
        .flatMap(
            rows ->
                rows.iterator().next().getBoolean("dealt")
                    // Somebody has counted while this one waited for the lock.
                    ? Uni.createFrom().item(true)
                    : share(connection, sessionId));
  }

  private static Uni<Boolean> share(SqlConnection connection, UUID sessionId) {
    return takeBack(connection, sessionId)
        .chain(() -> SeatStatements.SHARE.execute(connection, Tuple.of(sessionId)))
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
            SeatStatements.TOLD
                .execute(
                    connection,
                    Tuple.of(sessionId, places, Database.utc(toldAt), Database.utc(receivedAt)))
                .flatMap(
                    rows ->
                        rows.rowCount() == 1
                            ? takeBack(connection, sessionId)
                            : Uni.createFrom().voidItem()));
  }

  private static Uni<Void> learnAndLock(
      SqlConnection connection, UUID sessionId, Capacity capacity) {
    return SeatStatements.LEARN_AND_LOCK
        .execute(
            connection, Tuple.of(sessionId, capacity.places(), Database.utc(capacity.knownAt())))
        .replaceWithVoid();
  }

  /**
   * No place is in a slot any more, until places are counted anew. Waits for the claims that are
   * under way; the caller holds the lock on the row of the session, so that none is shared out
   * meanwhile.
   */
  public static Uni<Void> takeBack(SqlConnection connection, UUID sessionId) {
    return SeatStatements.TAKE_BACK.execute(connection, Tuple.of(sessionId)).replaceWithVoid();
  }
}
