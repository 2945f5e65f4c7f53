package app.bookings.settling;

import app.bookings.background.BackgroundLoop;
import app.bookings.booking.Actor;
import app.bookings.booking.Booking;
import app.bookings.booking.Reseat;
import app.bookings.neighbours.Deadline;
import app.bookings.neighbours.Neighbour;
import app.bookings.neighbours.NeighbourUnavailable;
import app.bookings.platform.BookingsConfig;
import app.bookings.platform.Clock;
import app.bookings.platform.LogContext;
import app.bookings.platform.Outage;
import app.bookings.problem.Failures;
import app.bookings.problem.Problem;
import app.bookings.problem.ProblemType;
import app.bookings.seats.Seats;
import app.bookings.settlement.Outcome;
import app.bookings.settlement.Settlement;
import app.bookings.storage.BookingStore;
import app.bookings.storage.NoPlaceLeft;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Carries a booking's settlements on, one call after the other, until nothing is left to ask for or
 * a neighbour does not answer. The request is only the first to try: whatever it leaves is found
 * and carried on by {@link BackgroundLoop} (reliability.md, "How"). No transaction is open while it
 * asks.
 */
@ApplicationScoped
public class SettlementRunner {

  private static final Logger LOG = Logger.getLogger(SettlementRunner.class);

  private final BookingStore bookings;
  private final Seats seats;
  private final SettlementCalls calls;
  private final SettlementQueue queue;
  private final Steps steps;
  private final Clock clock;
  private final Duration oneAnswer;
  private final Outage outage = new Outage(LOG, "Settling is left to recovery");

  SettlementRunner(
      BookingStore bookings,
      Seats seats,
      SettlementCalls calls,
      SettlementQueue queue,
      Steps steps,
      BookingsConfig config,
      Clock clock) {
    this.oneAnswer = config.upstreamTimeout();
    this.bookings = bookings;
    this.seats = seats;
    this.steps = steps;
    this.calls = calls;
    this.queue = queue;
    this.clock = clock;
  }

  /**
   * Settles under a subscription of its own, which neither a client that hangs up nor the deadline
   * ends; the caller sees how far it got. It has been written before: whatever goes wrong now, it
   * is there and is carried on (reliability.md, "What an answer may claim").
   *
   * @return the booking as it was last written, when all is asked for or when the time is up. Fails
   *     with {@code booking-not-found} once it was purged, and with nothing else
   */
  public Uni<Booking> settleWithin(Deadline deadline, Booking booking) {
    AtomicReference<Booking> latest = new AtomicReference<>(booking);
    return inBackground(booking, latest::set)
        .ifNoItem()
        .after(deadline.left())
        .fail()
        .onFailure(failure -> !purged(failure))
        .recoverWithItem(latest::get);
  }

  private static boolean purged(Throwable failure) {
    return failure instanceof Problem problem && problem.type() == ProblemType.BOOKING_NOT_FOUND;
  }

  /** Begins at once, whether or not anybody looks at the result. */
  public void settleInBackground(Booking booking) {
    inBackground(booking, written -> {});
  }

  private Uni<Booking> inBackground(Booking booking, Consumer<Booking> progress) {
    UUID id = booking.id();
    Uni<Booking> work = settle(booking, progress).memoize().indefinitely();
    work.subscribe()
        .with(
            done -> {
              outage.worked();
              LOG.debugf("Booking %s: nothing left to ask for", id);
            },
            failure -> {
              if (purged(failure)) {
                LOG.debugf("Booking %s is gone", id);
              } else {
                Failures.tell(outage, failure);
              }
            });
    return work;
  }

  /** Carries it on as far as the neighbours answer. */
  public Uni<Booking> settle(Booking booking) {
    return settle(booking, written -> {});
  }

  private Uni<Booking> settle(Booking booking, Consumer<Booking> progress) {
    if (booking.settlements().declinedAtOnce().isPresent()) {
      // Nobody has to be asked to see that this one can't be paid.
      return bookings
          .change(booking, b -> b.conclude(Actor.SERVICE, clock.now()))
          .invoke(progress)
          .flatMap(concluded -> step(concluded, Set.of(), progress));
    }
    return step(booking, Set.of(), progress);
  }

  private Uni<Booking> step(Booking booking, Set<UUID> silent, Consumer<Booking> progress) {
    LogContext.about(booking.id(), booking.parties().companyId());
    Optional<Settlement> next = booking.settlements().next(booking.leases(), silent);
    if (next.isEmpty()) {
      return Uni.createFrom().item(booking);
    }
    return ask(booking, next.get())
        .flatMap(
            answered -> {
              if (answered.isPresent()) {
                progress.accept(answered.get());
                return step(answered.get(), silent, progress);
              }
              Set<UUID> more = new HashSet<>(silent);
              more.add(next.get().id());
              return step(booking, more, progress);
            });
  }

  /**
   * Asks how movements that somebody else decides on stand, then carries the booking on.
   *
   * @param claims the number of the claim by settlement
   */
  Uni<Booking> resume(Booking booking, Map<UUID, Integer> claims) {
    booking.leases().claimed(claims);
    Uni<Booking> asked = Uni.createFrom().item(booking);
    for (UUID id : claims.keySet()) {
      asked =
          asked.flatMap(
              current ->
                  current
                      .settlements()
                      .find(id)
                      .filter(s -> s.awaiting() && current.leases().hold(s))
                      .map(s -> ask(current, s).map(answered -> answered.orElse(current)))
                      .orElseGet(() -> Uni.createFrom().item(current)));
    }
    return asked.flatMap(this::settle);
  }

  /**
   * Gives up a hold that has run out. A card payment is asked for first, once: whoever paid in time
   * keeps the place (reliability.md, "Fault model"). The payment is cancelled afterwards; the
   * answer to that says for certain how it stands.
   *
   * @param asks whether payments is asked
   */
  Uni<Booking> expire(Booking booking, boolean asks) {
    return booking
        .settlements()
        .openCardPayment()
        .filter(card -> asks)
        .map(
            card ->
                Deadline.in(oneAnswer)
                    .within(Neighbour.PAYMENTS, calls.inquire(booking, card))
                    .flatMap(
                        outcome ->
                            outcome instanceof Outcome.Waiting
                                ? Uni.createFrom().item(booking)
                                : note(booking, card.id(), outcome, Actor.SERVICE))
                    .onFailure(NeighbourUnavailable.class)
                    .recoverWithItem(booking))
        .orElseGet(() -> Uni.createFrom().item(booking))
        .flatMap(current -> bookings.change(current, b -> b.expire(clock.now())))
        .invoke(this::settleInBackground);
  }

  /** Notes an outcome, whoever reported it, and draws the conclusions. */
  public Uni<Booking> note(Booking booking, UUID settlement, Outcome outcome, Actor actor) {
    return note(booking, settlement, outcome, Reseat.UNKNOWN, actor)
        .onFailure(Reseat.Needed.class)
        .recoverWithUni(
            () ->
                bookings
                    .require(booking.id())
                    .flatMap(
                        fresh ->
                            reseat(fresh)
                                .flatMap(told -> note(fresh, settlement, outcome, told, actor))))
        .onFailure(NoPlaceLeft.class)
        .recoverWithUni(
            () ->
                bookings
                    .require(booking.id())
                    .flatMap(fresh -> note(fresh, settlement, outcome, Reseat.NO, actor)));
  }

  /** Whether a booking whose hold ran out may have a place again, if one is free. */
  private Uni<Reseat> reseat(Booking booking) {
    return seats
        .told(
            booking.session().sessionId(),
            booking.parties().customerId(),
            booking.lifecycle().createdAt())
        .map(told -> new Reseat(true, told.open(), told.startsAt(), told.endsAt()));
  }

  private Uni<Booking> note(
      Booking booking, UUID settlement, Outcome outcome, Reseat reseat, Actor actor) {
    return bookings.change(booking, b -> b.record(settlement, outcome, reseat, actor, clock.now()));
  }

  /**
   * For news of a payment or a refund that somebody told: its owner is asked, and only the owner's
   * word counts. Where all is over here, a success alone is news.
   */
  public Uni<Booking> verify(Booking booking, Settlement settlement, Actor actor) {
    return calls
        .inquire(booking, settlement)
        .flatMap(
            outcome ->
                outcome instanceof Outcome.Moved
                        || ((settlement.awaiting() || settlement.state().unfinished())
                            && !(outcome instanceof Outcome.Waiting))
                    ? note(booking, settlement.id(), outcome, actor)
                    : Uni.createFrom().item(booking));
  }

  /** Empty when the neighbour said nothing one can rely on; it is then asked again later. */
  private Uni<Optional<Booking>> ask(Booking booking, Settlement settlement) {
    return steps
        .reached(Step.BEFORE_CALL, booking, settlement)
        .chain(() -> calls.ask(booking, settlement))
        .call(() -> steps.reached(Step.AFTER_CALL, booking, settlement))
        .map(Optional::of)
        .onFailure(NeighbourUnavailable.class)
        .recoverWithUni(
            failure -> queue.postpone(settlement, failure).replaceWith(Optional.empty()))
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
