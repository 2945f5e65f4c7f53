package app.bookings.place;

import app.bookings.booking.Booking;
import app.bookings.booking.BookingStore;
import app.bookings.booking.KeyOwner;
import app.bookings.booking.Placement;
import app.bookings.catalog.Catalog;
import app.bookings.end.SessionFacts;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/**
 * Claims a place in a session as catalog has it. What catalog says last counts: a session that was
 * called off and is on offer again is reopened, even if the news of it got lost.
 */
@ApplicationScoped
class ClaimingPlace {

  private final BookingStore bookings;
  private final SessionFacts facts;

  ClaimingPlace(BookingStore bookings, SessionFacts facts) {
    this.bookings = bookings;
    this.facts = facts;
  }

  Uni<Placement> claim(Booking booking, Catalog.Seen seen, Optional<KeyOwner> key) {
    return bookings
        .place(booking, seen.capacity(), key)
        .flatMap(
            placement ->
                placement instanceof Placement.Closed && seen.session().offered()
                    ? facts
                        .onOffer(seen.session().id(), seen.at())
                        .flatMap(
                            open ->
                                open
                                    ? bookings.place(booking, seen.capacity(), key)
                                    : Uni.createFrom().item(placement))
                    : Uni.createFrom().item(placement));
  }
}
