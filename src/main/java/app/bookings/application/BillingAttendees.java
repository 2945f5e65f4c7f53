package app.bookings.application;

import app.bookings.background.BackgroundWork;
import app.bookings.background.ForEachClaimed;
import app.bookings.booking.BillingRules;
import app.bookings.booking.Booking;
import app.bookings.neighbours.Passes;
import app.bookings.platform.BookingsConfig;
import app.bookings.platform.Clock;
import app.bookings.settling.SettlementRunner;
import app.bookings.storage.BookingStore;
import app.bookings.storage.WorkClaimStore.Kind;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Bills slot attendees once their session is over, each once (domain.md, "Slot attendees"): by a
 * pass, else by the wallet, else it is owed. One whose pass can't be asked for waits, and holds up
 * nobody else.
 */
@ApplicationScoped
public class BillingAttendees implements BackgroundWork {

  private static final int BATCH = 100;
  private static final int AT_ONCE = 16;

  /**
   * Of finished sessions that were not moved afterwards, and of sessions that ended so long ago
   * ($4) that no event came.
   */
  private static final Kind BILLING =
      new Kind(
          "billing",
          """
          b.source = 'SLOT_ATTENDEE' AND b.payment_method IS NULL
            AND b.status IN ('CONFIRMED', 'CHECKED_IN')
            AND (b.ends_at < $4 OR EXISTS (
              SELECT 1 FROM bookings.finished_sessions f WHERE f.session_id = b.session_id
                AND NOT EXISTS (SELECT 1 FROM bookings.session_times t
                  WHERE t.session_id = f.session_id
                    AND t.told_at > COALESCE(f.told_at, f.finished_at)
                    AND t.ends_at > $2)))
            AND NOT EXISTS (
              SELECT 1 FROM bookings.settlements s WHERE s.booking_id = b.id)
          """,
          "b.created_at",
          BATCH);

  private final FinishedSessionStore finished;
  private final ForEachClaimed claimed;
  private final BookingStore bookings;
  private final Passes passes;
  private final SettlementRunner runner;
  private final BookingsConfig config;
  private final Clock clock;

  BillingAttendees(
      FinishedSessionStore finished,
      ForEachClaimed claimed,
      BookingStore bookings,
      Passes passes,
      SettlementRunner runner,
      BookingsConfig config,
      Clock clock) {
    this.finished = finished;
    this.claimed = claimed;
    this.bookings = bookings;
    this.passes = passes;
    this.runner = runner;
    this.config = config;
    this.clock = clock;
  }

  /** The session is over; its attendees are billed from now on. */
  public Uni<Void> sessionFinished(UUID sessionId, Instant toldAt) {
    return finished.finished(sessionId, toldAt);
  }

  /** A full batch is followed by another. */
  @Override
  public Uni<Void> carryOn() {
    return claimed
        .batch(
            BILLING,
            clock.now().minus(config.billingGrace()),
            config.settlementLease(),
            AT_ONCE,
            (place, id) -> bill(id))
        .flatMap(full -> full ? carryOn() : Uni.createFrom().voidItem());
  }

  private Uni<Booking> bill(UUID id) {
    return bookings
        .require(id)
        .flatMap(
            booking ->
                passes.coverage(
                    booking.parties().customerId(),
                    booking.session().activityId(),
                    booking.session().startsAt(),
                    null,
                    List.of()))
        .flatMap(
            coverage ->
                bookings.change(
                    id, b -> BillingRules.bill(b, coverage.entitlementId(), clock.now())))
        .flatMap(runner::settle);
  }
}
