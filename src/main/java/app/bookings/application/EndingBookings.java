package app.bookings.application;

import app.bookings.application.EndingStore.Ending;
import app.bookings.background.BackgroundWork;
import app.bookings.background.ForEachBooking;
import app.bookings.booking.Actor;
import app.bookings.booking.Booking;
import app.bookings.booking.Transition;
import app.bookings.platform.BookingsConfig;
import app.bookings.platform.Clock;
import app.bookings.settling.SettlementRunner;
import app.bookings.storage.BookingGroupStore;
import app.bookings.storage.BookingGroupStore.Subject;
import app.bookings.storage.BookingStore;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * Ends every active booking of a session (domain.md, "Inbound events"). The intent is written
 * first; then each booking is ended in a statement of its own and gives back what was paid. Killed
 * half-way, it goes on where it was, each booking once (reliability.md, "How").
 */
@ApplicationScoped
public class EndingBookings implements BackgroundWork {

  private static final int BATCH = 100;
  private static final int AT_ONCE = 8;

  private final EndingStore endings;
  private final BookingGroupStore groups;
  private final SessionFactStore facts;
  private final BookingStore bookings;
  private final SettlementRunner runner;
  private final Clock clock;
  private final Duration longestStatement;

  EndingBookings(
      EndingStore endings,
      BookingGroupStore groups,
      SessionFactStore facts,
      BookingStore bookings,
      SettlementRunner runner,
      BookingsConfig config,
      Clock clock) {
    this.longestStatement = config.requestDeadline();
    this.endings = endings;
    this.groups = groups;
    this.facts = facts;
    this.bookings = bookings;
    this.runner = runner;
    this.clock = clock;
  }

  /** From now on the session takes no booking, and those it has will be ended. */
  public Uni<Void> sessionCancelled(UUID sessionId, Instant toldAt, Actor actor) {
    return facts.calledOff(sessionId, toldAt, actor);
  }

  /** It takes bookings again; bookings that ended stay ended. */
  public Uni<Void> sessionReopened(UUID sessionId, Instant toldAt) {
    return facts.reopened(sessionId, toldAt);
  }

  /** As cancelled, and its bookings are gone from every read at once. */
  public Uni<Void> sessionDeleted(UUID sessionId, Instant toldAt, Actor actor) {
    Ending ending = new Ending(Subject.SESSION, sessionId, Transition.SESSION_DELETED, actor);
    return facts.deleted(sessionId, toldAt, actor).chain(() -> hide(ending));
  }

  /** As a deleted session, for that customer's bookings. */
  public Uni<Void> customerDeleted(UUID customerId, Actor actor) {
    Ending ending = new Ending(Subject.CUSTOMER, customerId, Transition.CUSTOMER_DELETED, actor);
    return endings.begin(ending).chain(() -> hide(ending));
  }

  private Uni<Void> hide(Ending ending) {
    return groups.hide(ending.subject(), ending.subjectId(), clock.now());
  }

  /** Carries on what is to be ended. */
  @Override
  public Uni<Void> carryOn() {
    return endings
        .claim()
        .flatMap(
            claimed ->
                claimed
                    .map(ending -> end(ending).chain(this::carryOn))
                    .orElseGet(() -> Uni.createFrom().voidItem()));
  }

  private Uni<Void> end(Ending ending) {
    return groups
        .toEnd(ending.subject(), ending.subjectId(), ending.cause(), BATCH)
        .flatMap(
            active -> {
              if (active.isEmpty()) {
                return over(ending);
              }
              return ForEachBooking.of(active, AT_ONCE, "ending it", id -> end(id, ending))
                  // None ended: the next round tries again, not this one for ever.
                  .flatMap(ended -> ended > 0 ? end(ending) : Uni.createFrom().voidItem());
            });
  }

  /**
   * No booking is left. One of a deleted customer may have been on its way when that was told, by a
   * statement that did not see it yet: it is looked for once more when no such statement can run.
   */
  private Uni<Void> over(Ending ending) {
    Instant sure = ending.begunAt().plus(longestStatement);
    if (ending.subject() == Subject.CUSTOMER && clock.now().isBefore(sure)) {
      return endings.lookAgain(ending, sure);
    }
    boolean deleted = ending.cause() == Transition.CUSTOMER_DELETED;
    return (deleted ? hide(ending) : Uni.createFrom().voidItem()).chain(() -> endings.end(ending));
  }

  /** The booking is over at once; what it gives back is carried on beside it. */
  private Uni<Booking> end(UUID id, Ending ending) {
    return bookings
        .change(id, b -> b.endBecause(ending.cause(), ending.actor(), clock.now()))
        .flatMap(runner::settle);
  }
}
