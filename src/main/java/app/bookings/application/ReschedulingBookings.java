package app.bookings.application;

import app.bookings.application.EndingStore.Subject;
import app.bookings.background.ForEachBooking;
import app.bookings.booking.Actor;
import app.bookings.booking.Rescheduling;
import app.bookings.database.Database;
import app.bookings.database.DatabaseUnavailable;
import app.bookings.platform.Clock;
import app.bookings.storage.BookingStore;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** A session has new times: its active bookings get them, and their deadline with them. */
@ApplicationScoped
public class ReschedulingBookings {

  private static final int ALL = 100_000;
  private static final int AT_ONCE = 8;

  private final Database database;
  private final EndingStore endings;
  private final BookingStore bookings;
  private final Clock clock;

  ReschedulingBookings(Database database, EndingStore endings, BookingStore bookings, Clock clock) {
    this.database = database;
    this.endings = endings;
    this.bookings = bookings;
    this.clock = clock;
  }

  /**
   * Done when all have them; a failure half-way has the event sent again, which does the rest.
   * Times that were told later than these stand.
   */
  public Uni<Void> reschedule(
      UUID sessionId, Instant startsAt, Instant endsAt, Instant toldAt, Actor actor) {
    return newest(sessionId, startsAt, endsAt, toldAt)
        .flatMap(newest -> newest ? apply(sessionId, actor) : Uni.createFrom().voidItem());
  }

  /** The session's bookings get the times that stand, whichever event told them. */
  public Uni<Void> apply(UUID sessionId, Actor actor) {
    return told(sessionId)
        .flatMap(
            told ->
                told.map(times -> apply(sessionId, times, actor))
                    .orElseGet(() -> Uni.createFrom().voidItem()));
  }

  private record Times(Instant startsAt, Instant endsAt) {}

  private Uni<Optional<Times>> told(UUID sessionId) {
    return database
        .read(
            "SELECT starts_at, ends_at FROM bookings.session_times WHERE session_id = $1",
            Tuple.of(sessionId))
        .map(
            rows ->
                rows.stream()
                    .findFirst()
                    .map(
                        row ->
                            new Times(
                                Database.instant(row.getOffsetDateTime("starts_at")),
                                Database.instant(row.getOffsetDateTime("ends_at")))));
  }

  private Uni<Boolean> newest(UUID sessionId, Instant startsAt, Instant endsAt, Instant toldAt) {
    return database
        .statement(
            """
            INSERT INTO bookings.session_times AS t
              (session_id, starts_at, ends_at, told_at, received_at)
            VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (session_id) DO UPDATE
              SET starts_at = EXCLUDED.starts_at, ends_at = EXCLUDED.ends_at,
                told_at = EXCLUDED.told_at, received_at = CASE
                  WHEN EXCLUDED.told_at > t.told_at THEN EXCLUDED.received_at
                  ELSE t.received_at END
              WHERE EXCLUDED.told_at >= t.told_at
            """,
            Tuple.of(
                sessionId,
                Database.utc(startsAt),
                Database.utc(endsAt),
                Database.utc(toldAt),
                Database.utc(clock.now())))
        .map(rows -> rows.rowCount() == 1);
  }

  private Uni<Void> apply(UUID sessionId, Times times, Actor actor) {
    return endings
        .active(Subject.SESSION, sessionId, ALL)
        .flatMap(
            active ->
                ForEachBooking.of(
                        active,
                        AT_ONCE,
                        "rescheduling",
                        id ->
                            bookings.change(
                                id,
                                b ->
                                    Rescheduling.reschedule(
                                        b, times.startsAt(), times.endsAt(), actor, clock.now())))
                    .invoke(
                        done -> {
                          if (done < active.size()) {
                            // The sender tells it again, which does the rest.
                            throw DatabaseUnavailable.nothingWritten();
                          }
                        }))
        // Others may have told something else meanwhile: the last one to look sees it.
        .chain(() -> told(sessionId))
        .flatMap(
            now ->
                now.filter(times::equals).isPresent()
                    ? Uni.createFrom().voidItem()
                    : apply(sessionId, actor));
  }
}
