package app.bookings.settle;

import app.bookings.booking.Booking;
import app.bookings.booking.BookingStore;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Carries on settlements that no request is at any more. */
@ApplicationScoped
class DueSettlements implements UnfinishedWork {

  private static final int BATCH = 100;
  private static final int AT_ONCE = 16;

  private final SettlementJournal journal;
  private final BookingStore bookings;
  private final Settler settler;

  DueSettlements(SettlementJournal journal, BookingStore bookings, Settler settler) {
    this.journal = journal;
    this.bookings = bookings;
    this.settler = settler;
  }

  @Override
  public Uni<Void> carryOn() {
    return journal
        .claim(BATCH)
        .flatMap(
            claimed ->
                EachBooking.of(
                    claimed.keySet(),
                    AT_ONCE,
                    "its settlements",
                    id -> resume(id, claimed.get(id))))
        .replaceWithVoid();
  }

  private Uni<Booking> resume(UUID id, Set<UUID> claimed) {
    return bookings
        .find(id)
        .map(Optional::orElseThrow)
        .flatMap(booking -> settler.resume(booking, claimed));
  }
}
