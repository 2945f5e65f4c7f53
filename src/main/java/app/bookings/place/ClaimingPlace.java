package app.bookings.place;

import app.bookings.booking.Booking;
import app.bookings.booking.BookingStore;
import app.bookings.booking.Facts;
import app.bookings.booking.Placement;
import app.bookings.booking.RequestRun;
import app.bookings.catalog.Catalog;
import app.bookings.catalog.Session;
import app.bookings.database.DatabaseUnavailable;
import app.bookings.end.SessionFacts;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import java.util.function.BiFunction;

/**
 * Claims a place by what is true of session and customer: where something else was told of them
 * than the booking says, the booking is made anew with it (reliability.md, "Facts that outlive an
 * event").
 */
@ApplicationScoped
class ClaimingPlace {

  /** News overtakes a claim once, and hardly ever twice. */
  private static final int ROUNDS = 5;

  private final BookingStore bookings;
  private final SessionFacts sessionFacts;

  ClaimingPlace(BookingStore bookings, SessionFacts sessionFacts) {
    this.bookings = bookings;
    this.sessionFacts = sessionFacts;
  }

  /**
   * Claims a place.
   *
   * @param make makes the booking of the session as it is and the user behind the customer, null
   *     where nothing was told of one; its refusals fail the claim
   */
  Uni<Placement> claim(Catalog.Seen seen, RequestRun run, BiFunction<Session, UUID, Booking> make) {
    return claim(seen, Facts.NONE, run, make, ROUNDS);
  }

  private Uni<Placement> claim(
      Catalog.Seen seen,
      Facts told,
      RequestRun run,
      BiFunction<Session, UUID, Booking> make,
      int rounds) {
    Session session =
        told.startsAt() == null
            ? seen.session()
            : seen.session().movedTo(told.startsAt(), told.endsAt());
    return Uni.createFrom()
        .deferred(() -> bookings.place(make.apply(session, told.userId()), seen.capacity(), run))
        .flatMap(
            placement -> {
              if (rounds > 0 && placement instanceof Placement.Outdated outdated) {
                return claim(seen, outdated.facts(), run, make, rounds - 1);
              }
              if (placement instanceof Placement.Outdated) {
                throw DatabaseUnavailable.nothingWritten();
              }
              return rounds > 0 && placement instanceof Placement.Closed && session.offered()
                  ? sessionFacts
                      .onOffer(session.id(), seen.at())
                      .flatMap(
                          open ->
                              open
                                  ? claim(seen, told, run, make, 0)
                                  : Uni.createFrom().item(placement))
                  : Uni.createFrom().item(placement);
            });
  }
}
