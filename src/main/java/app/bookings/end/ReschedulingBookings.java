package app.bookings.end;

import app.bookings.booking.Actor;
import app.bookings.booking.BookingStore;
import app.bookings.booking.Staff;
import app.bookings.booking.Transition;
import app.bookings.end.Endings.Ending;
import app.bookings.end.Endings.Subject;
import app.bookings.time.Clock;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** A session has new times: its active bookings get them, and their deadline with them. */
@ApplicationScoped
public class ReschedulingBookings {

  private static final int ALL = 100_000;
  private static final int AT_ONCE = 8;

  private final Endings endings;
  private final BookingStore bookings;
  private final Clock clock;

  ReschedulingBookings(Endings endings, BookingStore bookings, Clock clock) {
    this.endings = endings;
    this.bookings = bookings;
    this.clock = clock;
  }

  /** Done when all have them; a failure half-way has the event sent again, which does the rest. */
  public Uni<Void> reschedule(UUID sessionId, Instant startsAt, Instant endsAt, Actor actor) {
    Ending of = new Ending(Subject.SESSION, sessionId, Transition.SESSION_CANCELLED, actor);
    return endings
        .active(of, ALL)
        .flatMap(
            active ->
                Multi.createFrom()
                    .iterable(active)
                    .onItem()
                    .transformToUni(
                        id ->
                            bookings
                                .find(id)
                                .map(Optional::orElseThrow)
                                .flatMap(
                                    booking ->
                                        bookings.change(
                                            booking,
                                            b ->
                                                Staff.reschedule(
                                                    b, startsAt, endsAt, actor, clock.now()))))
                    .merge(AT_ONCE)
                    .onItem()
                    .ignoreAsUni());
  }
}
