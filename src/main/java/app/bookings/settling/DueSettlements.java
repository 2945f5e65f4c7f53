package app.bookings.settling;

import app.bookings.background.BackgroundWork;
import app.bookings.background.ForEachBooking;
import app.bookings.booking.Booking;
import app.bookings.platform.Traces;
import app.bookings.settlement.Settlement;
import app.bookings.storage.BookingStore;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/** Carries on settlements that no request is at any more. */
@ApplicationScoped
class DueSettlements implements BackgroundWork {

  private static final int AT_ONCE = 64;

  private final SettlementQueue queue;
  private final BookingStore bookings;
  private final SettlementRunner runner;
  private final Traces traces;

  DueSettlements(
      SettlementQueue queue, BookingStore bookings, SettlementRunner runner, Traces traces) {
    this.traces = traces;
    this.queue = queue;
    this.bookings = bookings;
    this.runner = runner;
  }

  /** A full batch is followed by another: what is due together is not left to the next round. */
  @Override
  public Uni<Void> carryOn() {
    return queue
        .claim()
        .flatMap(
            claimed ->
                ForEachBooking.of(
                        claimed.keySet(),
                        AT_ONCE,
                        "its settlements",
                        id -> resume(id, claimed.get(id)))
                    .chain(
                        () ->
                            claimed.size() < SettlementQueue.BATCH
                                ? Uni.createFrom().voidItem()
                                : carryOn()));
  }

  /** The trace of the request that began the first that has one; null without tracing. */
  private static String begunBy(Booking booking, Set<UUID> claimed) {
    return claimed.stream()
        .flatMap(id -> booking.settlements().find(id).stream())
        .map(Settlement::traceparent)
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  private Uni<Booking> resume(UUID id, Map<UUID, Integer> claims) {
    return bookings
        .require(id)
        .flatMap(
            booking ->
                traces.resume(
                    begunBy(booking, claims.keySet()), id, () -> runner.resume(booking, claims)));
  }
}
