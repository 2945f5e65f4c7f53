package app.bookings.settle;

import app.bookings.booking.BookingStore;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Carries on settlements that no request is at any more. */
@ApplicationScoped
class DueSettlements implements UnfinishedWork {

  private static final Logger LOG = Logger.getLogger(DueSettlements.class);
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
                Multi.createFrom()
                    .iterable(claimed.entrySet())
                    .onItem()
                    .transformToUni(this::resume)
                    .merge(AT_ONCE)
                    .onItem()
                    .ignoreAsUni());
  }

  /** One booking that can't be carried on does not hold up the others. */
  private Uni<Void> resume(Map.Entry<UUID, Set<UUID>> claimed) {
    UUID id = claimed.getKey();
    return bookings
        .find(id)
        .flatMap(
            found ->
                found
                    .map(booking -> settler.resume(booking, claimed.getValue()).replaceWithVoid())
                    .orElseGet(() -> Uni.createFrom().voidItem()))
        .onFailure()
        .invoke(failure -> LOG.errorf(failure, "Booking %s: left to a later round", id))
        .onFailure()
        .recoverWithNull();
  }
}
