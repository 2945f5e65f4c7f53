package app.bookings.settle;

import app.bookings.booking.Booking;
import app.bookings.booking.BookingStore;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.UUID;

/** Gives up holds that have run out (domain.md, "State machine"; reliability.md, invariant 9). */
@ApplicationScoped
class ExpiredHolds implements UnfinishedWork {

  private static final int BATCH = 500;
  private static final int AT_ONCE = 32;

  private final SettlementJournal journal;
  private final BookingStore bookings;
  private final Settler settler;

  ExpiredHolds(SettlementJournal journal, BookingStore bookings, Settler settler) {
    this.journal = journal;
    this.bookings = bookings;
    this.settler = settler;
  }

  /** Replicas may find the same hold; the booking's version lets one of them give it up. */
  @Override
  public Uni<Void> carryOn() {
    return journal
        .expired(BATCH)
        .flatMap(expired -> EachBooking.of(expired, AT_ONCE, "its hold", this::expire))
        .replaceWithVoid();
  }

  private Uni<Booking> expire(UUID id) {
    return bookings.find(id).map(Optional::orElseThrow).flatMap(settler::expire);
  }
}
