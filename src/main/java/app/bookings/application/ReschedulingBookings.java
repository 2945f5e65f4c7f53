package app.bookings.application;

import app.bookings.application.SessionTimesStore.Times;
import app.bookings.background.ForEachBooking;
import app.bookings.booking.Actor;
import app.bookings.booking.Rescheduling;
import app.bookings.database.DatabaseUnavailable;
import app.bookings.platform.Clock;
import app.bookings.storage.BookingGroupStore;
import app.bookings.storage.BookingStore;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.UUID;

/** A session has new times: its active bookings get them, and their deadline with them. */
@ApplicationScoped
public class ReschedulingBookings {

  private static final int ALL = 100_000;
  private static final int AT_ONCE = 8;

  private final SessionTimesStore times;
  private final BookingGroupStore groups;
  private final BookingStore bookings;
  private final Clock clock;

  ReschedulingBookings(
      SessionTimesStore times, BookingGroupStore groups, BookingStore bookings, Clock clock) {
    this.times = times;
    this.groups = groups;
    this.bookings = bookings;
    this.clock = clock;
  }

  /**
   * Done when all have them; a failure half-way has the event sent again, which does the rest.
   * Times that were told later than these stand.
   */
  public Uni<Void> reschedule(
      UUID sessionId, Instant startsAt, Instant endsAt, Instant toldAt, Actor actor) {
    return times
        .note(sessionId, new Times(startsAt, endsAt), toldAt)
        .flatMap(newest -> newest ? apply(sessionId, actor) : Uni.createFrom().voidItem());
  }

  /** The session's bookings get the times that stand, whichever event told them. */
  public Uni<Void> apply(UUID sessionId, Actor actor) {
    return times
        .of(sessionId)
        .flatMap(
            told ->
                told.map(stands -> apply(sessionId, stands, actor))
                    .orElseGet(() -> Uni.createFrom().voidItem()));
  }

  private Uni<Void> apply(UUID sessionId, Times stands, Actor actor) {
    return groups
        .activeIn(sessionId, ALL)
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
                                        b, stands.startsAt(), stands.endsAt(), actor, clock.now())))
                    .invoke(
                        done -> {
                          if (done < active.size()) {
                            // The sender tells it again, which does the rest.
                            throw DatabaseUnavailable.nothingWritten();
                          }
                        }))
        // Others may have told something else meanwhile: the last one to look sees it.
        .chain(() -> times.of(sessionId))
        .flatMap(
            now ->
                now.filter(stands::equals).isPresent()
                    ? Uni.createFrom().voidItem()
                    : apply(sessionId, actor));
  }
}
