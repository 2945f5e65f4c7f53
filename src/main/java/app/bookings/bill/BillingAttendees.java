package app.bookings.bill;

import app.bookings.booking.Billing;
import app.bookings.booking.Booking;
import app.bookings.booking.BookingStore;
import app.bookings.passes.Passes;
import app.bookings.settle.EachBooking;
import app.bookings.settle.Settler;
import app.bookings.settle.UnfinishedWork;
import app.bookings.time.Clock;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Bills slot attendees once their session is over, each once (domain.md, PENDING_PAYMENT): by a
 * pass, else by the wallet, else it is owed.
 */
@ApplicationScoped
public class BillingAttendees implements UnfinishedWork {

  private static final int BATCH = 100;
  private static final int AT_ONCE = 8;

  private final Billings billings;
  private final BookingStore bookings;
  private final Passes passes;
  private final Settler settler;
  private final Clock clock;

  BillingAttendees(
      Billings billings, BookingStore bookings, Passes passes, Settler settler, Clock clock) {
    this.billings = billings;
    this.bookings = bookings;
    this.passes = passes;
    this.settler = settler;
    this.clock = clock;
  }

  /** The session is over; its attendees are billed from now on. */
  public Uni<Void> sessionFinished(UUID sessionId) {
    return billings.finished(sessionId);
  }

  /** There may be money now: what the customer owes is asked for again, oldest first. */
  public Uni<Void> toppedUp(UUID customerId) {
    return billings
        .debtsOf(customerId)
        .flatMap(
            debts ->
                Multi.createFrom()
                    .iterable(debts)
                    .onItem()
                    .transformToUniAndConcatenate(
                        id -> change(id, booking -> Billing.retry(booking, clock.now())))
                    .onItem()
                    .ignoreAsUni());
  }

  @Override
  public Uni<Void> carryOn() {
    return billings
        .unbilled(BATCH)
        .flatMap(unbilled -> EachBooking.of(unbilled, AT_ONCE, "billing", this::bill))
        .replaceWithVoid();
  }

  private Uni<Booking> bill(UUID id) {
    return bookings
        .find(id)
        .map(Optional::orElseThrow)
        .flatMap(
            booking ->
                passes.coverage(
                    booking.customerId(),
                    booking.activityId(),
                    booking.startsAt(),
                    null,
                    List.of()))
        .flatMap(
            coverage -> change(id, b -> Billing.bill(b, coverage.entitlementId(), clock.now())));
  }

  private Uni<Booking> change(UUID id, Consumer<Booking> change) {
    return bookings.change(id, change).flatMap(settler::settle);
  }
}
