package app.bookings.application;

import app.bookings.application.TopUpStore.Claimed;
import app.bookings.background.BackgroundWork;
import app.bookings.booking.BillingRules;
import app.bookings.booking.BillingRules.Waits;
import app.bookings.platform.Clock;
import app.bookings.settling.SettlementRunner;
import app.bookings.storage.BookingGroupStore;
import app.bookings.storage.BookingStore;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Asks for what customers owe once their wallet was topped up, oldest first (domain.md, "Inbound
 * events", wallet.topped-up). One worker at a time is at a customer, and a debt is asked for once
 * the one before it has an answer: so the oldest is paid first, however often and by however many
 * the top-up is told. A debt that is being paid in another way is asked for when that payment has
 * failed.
 */
@ApplicationScoped
public class RetryingDebts implements BackgroundWork {

  private static final Duration NEIGHBOUR = Duration.ofSeconds(2);
  private static final Duration CHECKOUT = Duration.ofSeconds(10);

  private final TopUpStore topUps;
  private final BookingGroupStore groups;
  private final BookingStore bookings;
  private final SettlementRunner runner;
  private final Clock clock;

  RetryingDebts(
      TopUpStore topUps,
      BookingGroupStore groups,
      BookingStore bookings,
      SettlementRunner runner,
      Clock clock) {
    this.groups = groups;
    this.topUps = topUps;
    this.bookings = bookings;
    this.runner = runner;
    this.clock = clock;
  }

  /** There may be money now: what the customer owes is asked for again. */
  public Uni<Void> toppedUp(UUID customerId, Instant toldAt) {
    return topUps.note(customerId, toldAt);
  }

  /** One customer after the other, until none is due. */
  @Override
  public Uni<Void> carryOn() {
    return topUps
        .claim()
        .flatMap(
            claimed ->
                claimed
                    .map(one -> retry(one).chain(this::carryOn))
                    .orElseGet(() -> Uni.createFrom().voidItem()));
  }

  private Uni<Void> retry(Claimed claimed) {
    return groups
        .debtsOf(claimed.customerId())
        .flatMap(debts -> retry(claimed, debts, Optional.empty()))
        .flatMap(again -> topUps.done(claimed, again));
  }

  /** When to look again: empty when every debt has its answer. */
  private Uni<Optional<Duration>> retry(
      Claimed claimed, List<UUID> debts, Optional<Duration> again) {
    if (debts.isEmpty()) {
      return Uni.createFrom().item(again);
    }
    return topUps
        .renew(claimed)
        .flatMap(
            ours ->
                ours ? ask(claimed, debts.get(0)) : Uni.createFrom().item(Waits.FOR_A_NEIGHBOUR))
        .flatMap(
            waits ->
                switch (waits) {
                  case FOR_NOTHING -> retry(claimed, debts.subList(1, debts.size()), again);
                  case FOR_A_CHECKOUT ->
                      retry(claimed, debts.subList(1, debts.size()), Optional.of(CHECKOUT));
                  // The younger ones wait for its answer.
                  case FOR_A_NEIGHBOUR -> Uni.createFrom().item(Optional.of(NEIGHBOUR));
                });
  }

  private Uni<Waits> ask(Claimed claimed, UUID bookingId) {
    return bookings
        .change(bookingId, debt -> BillingRules.retry(debt, claimed.since(), clock.now()))
        .flatMap(runner::settle)
        .map(BillingRules::waits);
  }
}
