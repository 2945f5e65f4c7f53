package app.bookings.settle;

import app.bookings.BookingsConfig;
import app.bookings.booking.Booking;
import app.bookings.booking.BookingStore;
import app.bookings.idempotency.IdempotencyKeys;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * Looks for unfinished work once every recovery interval and carries it on: settlements that no
 * request is at any more, holds that have run out. Every replica runs it; they share the work by
 * claims.
 */
@ApplicationScoped
class Recovery {

  private static final Logger LOG = Logger.getLogger(Recovery.class);
  private static final int BATCH = 100;
  private static final int HOLDS = 500;
  private static final int AT_ONCE = 8;

  private final SettlementJournal journal;
  private final BookingStore bookings;
  private final Settler settler;
  private final IdempotencyKeys keys;
  private final BookingsConfig config;
  private final Vertx vertx;
  private volatile boolean stopped;

  Recovery(
      SettlementJournal journal,
      BookingStore bookings,
      Settler settler,
      IdempotencyKeys keys,
      BookingsConfig config,
      Vertx vertx) {
    this.journal = journal;
    this.bookings = bookings;
    this.settler = settler;
    this.keys = keys;
    this.config = config;
    this.vertx = vertx;
  }

  void start(@Observes StartupEvent event) {
    scheduleNext();
  }

  /** Claims nothing more; what is claimed and not finished in time is another replica's. */
  void stop(@Observes ShutdownEvent event) {
    stopped = true;
  }

  private void scheduleNext() {
    if (!stopped) {
      vertx.setTimer(config.recoveryInterval().toMillis(), timer -> round());
    }
  }

  private void round() {
    recover()
        .subscribe()
        .with(
            done -> scheduleNext(),
            failure -> {
              LOG.errorf(failure, "A round of recovery failed; the next one tries again");
              scheduleNext();
            });
  }

  /** One round: everything that is due. */
  Uni<Void> recover() {
    return settlements().chain(this::holds).chain(keys::purge);
  }

  private Uni<Void> settlements() {
    return journal
        .claim(BATCH)
        .flatMap(
            claimed ->
                each(
                        claimed.keySet(),
                        booking -> settler.resume(booking, claimed.get(booking.id())))
                    .chain(
                        () ->
                            claimed.size() < BATCH / 2 || stopped
                                ? Uni.createFrom().voidItem()
                                : settlements()));
  }

  private Uni<Void> holds() {
    return journal.expired(HOLDS).flatMap(expired -> each(Set.copyOf(expired), settler::expire));
  }

  /** One booking that can't be carried on does not hold up the others. */
  private Uni<Void> each(Set<UUID> ids, Function<Booking, Uni<Booking>> work) {
    return Multi.createFrom()
        .iterable(ids)
        .onItem()
        .transformToUni(
            id ->
                bookings
                    .find(id)
                    .flatMap(found -> found.map(work).orElseGet(() -> Uni.createFrom().nullItem()))
                    .onFailure()
                    .invoke(failure -> LOG.errorf(failure, "Booking %s: recovery failed", id))
                    .onFailure()
                    .recoverWithNull())
        .merge(AT_ONCE)
        .onItem()
        .ignoreAsUni();
  }
}
