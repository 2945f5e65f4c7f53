package app.bookings.settle;

import app.bookings.booking.BookingStore;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Gives up holds that have run out (domain.md, "State machine"; reliability.md, invariant 9). */
@ApplicationScoped
class ExpiredHolds implements UnfinishedWork {

  private static final Logger LOG = Logger.getLogger(ExpiredHolds.class);
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
        .flatMap(
            expired ->
                Multi.createFrom()
                    .iterable(expired)
                    .onItem()
                    .transformToUni(this::expire)
                    .merge(AT_ONCE)
                    .onItem()
                    .ignoreAsUni());
  }

  private Uni<Void> expire(UUID id) {
    return bookings
        .find(id)
        .flatMap(
            found ->
                found
                    .map(booking -> settler.expire(booking).replaceWithVoid())
                    .orElseGet(() -> Uni.createFrom().voidItem()))
        .onFailure()
        .invoke(failure -> LOG.errorf(failure, "Booking %s: its hold is left to a later round", id))
        .onFailure()
        .recoverWithNull();
  }
}
