package app.bookings.settle;

import app.bookings.booking.Actor;
import app.bookings.booking.Booking;
import app.bookings.booking.BookingStore;
import app.bookings.booking.NoPlaceLeft;
import app.bookings.booking.Occasion;
import app.bookings.booking.Outcome;
import app.bookings.booking.Settlement;
import app.bookings.time.Clock;
import app.bookings.upstream.Deadline;
import app.bookings.upstream.UpstreamUnavailable;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Carries a booking's settlements on, one call after the other, until nothing is left to ask for or
 * a neighbour does not answer. The request is only the first to try: whatever it leaves is found
 * and carried on by {@link Recovery} (reliability.md, "How"). No transaction is open while it asks.
 */
@ApplicationScoped
public class Settler {

  private static final Logger LOG = Logger.getLogger(Settler.class);

  private final BookingStore bookings;
  private final Movement movement;
  private final SettlementJournal journal;
  private final Steps steps;
  private final Clock clock;

  Settler(
      BookingStore bookings,
      Movement movement,
      SettlementJournal journal,
      Steps steps,
      Clock clock) {
    this.bookings = bookings;
    this.steps = steps;
    this.movement = movement;
    this.journal = journal;
    this.clock = clock;
  }

  /**
   * Settles under a subscription of its own, which neither a client that hangs up nor the deadline
   * ends; the caller sees how far it got.
   *
   * @return the booking as it stands when all is asked for, or when the time is up
   */
  public Uni<Booking> settleWithin(Deadline deadline, Booking booking) {
    UUID id = booking.id();
    return settleInBackground(booking)
        .ifNoItem()
        .after(deadline.left())
        .fail()
        .onFailure()
        .recoverWithUni(() -> bookings.find(id).map(Optional::orElseThrow));
  }

  /** Begins at once, whether or not anybody looks at the result. */
  public Uni<Booking> settleInBackground(Booking booking) {
    UUID id = booking.id();
    Uni<Booking> work = settle(booking).memoize().indefinitely();
    work.subscribe()
        .with(
            done -> LOG.debugf("Booking %s: nothing left to ask for", id),
            failure -> LOG.errorf(failure, "Booking %s: left to recovery", id));
    return work;
  }

  /** Carries it on as far as the neighbours answer. */
  public Uni<Booking> settle(Booking booking) {
    if (booking.declined(Occasion.CREATE).isPresent()) {
      // Nobody has to be asked to see that this one can't be paid.
      return bookings
          .change(booking, b -> b.conclude(Actor.SERVICE, clock.now()))
          .flatMap(concluded -> step(concluded, Set.of()));
    }
    return step(booking, Set.of());
  }

  private Uni<Booking> step(Booking booking, Set<UUID> silent) {
    Optional<Settlement> next = booking.nextMovement(silent);
    if (next.isEmpty()) {
      return Uni.createFrom().item(booking);
    }
    return ask(booking, next.get())
        .flatMap(
            answered -> {
              if (answered.isPresent()) {
                return step(answered.get(), silent);
              }
              Set<UUID> more = new HashSet<>(silent);
              more.add(next.get().id());
              return step(booking, more);
            });
  }

  /** Asks how movements that somebody else decides on stand, then carries the booking on. */
  Uni<Booking> resume(Booking booking, Set<UUID> claimed) {
    booking.claimed(claimed);
    Uni<Booking> asked = Uni.createFrom().item(booking);
    for (UUID id : claimed) {
      asked =
          asked.flatMap(
              current ->
                  current
                      .settlement(id)
                      .filter(Settlement::awaiting)
                      .map(s -> ask(current, s).map(answered -> answered.orElse(current)))
                      .orElseGet(() -> Uni.createFrom().item(current)));
    }
    return asked.flatMap(this::settle);
  }

  /**
   * Gives up a hold that has run out. A card payment is asked for first: whoever paid in time keeps
   * the place (reliability.md, fault model). Payments has one chance to answer.
   */
  Uni<Booking> expire(Booking booking) {
    Uni<Booking> asked =
        booking
            .openCardPayment()
            .map(
                card ->
                    movement
                        .ask(booking, card)
                        .flatMap(
                            outcome ->
                                outcome instanceof Outcome.Waiting
                                    ? Uni.createFrom().item(booking)
                                    : note(booking, card.id(), outcome, Actor.SERVICE))
                        .onFailure(UpstreamUnavailable.class)
                        .recoverWithItem(booking))
            .orElseGet(() -> Uni.createFrom().item(booking));
    return asked
        .flatMap(current -> bookings.change(current, b -> b.expire(clock.now())))
        .invoke(this::settleInBackground);
  }

  /** Notes an outcome, whoever reported it, and draws the conclusions. */
  public Uni<Booking> note(Booking booking, UUID settlement, Outcome outcome, Actor actor) {
    UUID id = booking.id();
    return bookings
        .change(booking, b -> b.record(settlement, outcome, true, actor, clock.now()))
        .onFailure(NoPlaceLeft.class)
        .recoverWithUni(
            () ->
                bookings
                    .find(id)
                    .map(Optional::orElseThrow)
                    .flatMap(
                        fresh ->
                            bookings.change(
                                fresh,
                                b -> b.record(settlement, outcome, false, actor, clock.now()))));
  }

  /**
   * For news that contradicts what payments said before, such as a success of a payment that it had
   * cancelled: payments is asked, and only its own word moves money.
   */
  public Uni<Booking> verify(Booking booking, Settlement payment, Actor actor) {
    return movement
        .inquire(booking, payment)
        .flatMap(
            outcome ->
                outcome instanceof Outcome.Moved
                    ? note(booking, payment.id(), outcome, actor)
                    : Uni.createFrom().item(booking));
  }

  /** Empty when the neighbour said nothing one can rely on; it is then asked again later. */
  private Uni<Optional<Booking>> ask(Booking booking, Settlement settlement) {
    return steps
        .reached(Step.BEFORE_CALL, booking, settlement)
        .chain(() -> movement.ask(booking, settlement))
        .call(() -> steps.reached(Step.AFTER_CALL, booking, settlement))
        .map(Optional::of)
        .onFailure(UpstreamUnavailable.class)
        .recoverWithUni(
            failure -> journal.postpone(settlement, failure).replaceWith(Optional.empty()))
        .flatMap(
            outcome ->
                outcome
                    .map(
                        o ->
                            note(booking, settlement.id(), o, Actor.SERVICE)
                                .call(noted -> steps.reached(Step.AFTER_NOTE, noted, settlement))
                                .map(Optional::of))
                    .orElseGet(() -> Uni.createFrom().item(Optional.empty())));
  }
}
