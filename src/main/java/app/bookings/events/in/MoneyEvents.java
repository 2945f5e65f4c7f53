package app.bookings.events.in;

import app.bookings.booking.Actor;
import app.bookings.booking.Booking;
import app.bookings.events.in.InboundEvent.Stated;
import app.bookings.neighbours.MovementResponses;
import app.bookings.settlement.Outcome;
import app.bookings.settlement.Settlement;
import app.bookings.settlement.SettlementKind;
import app.bookings.settlement.SettlementState;
import app.bookings.settling.SettlementRunner;
import app.bookings.storage.BookingStore;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * What payments and wallet tell of money. It is a hint, after which its owner is asked, unless the
 * sender is known to be the owner and names amount and currency (reliability.md, "Who may write
 * what a neighbour said"). Fails with {@code upstream-unavailable} where the owner does not answer.
 */
@ApplicationScoped
class MoneyEvents {

  private static final Logger LOG = Logger.getLogger(MoneyEvents.class);

  private final BookingStore bookings;
  private final SettlementRunner runner;
  private final EventSenders senders;

  MoneyEvents(BookingStore bookings, SettlementRunner runner, EventSenders senders) {
    this.bookings = bookings;
    this.runner = runner;
    this.senders = senders;
  }

  /** A payment has succeeded, with what the event states, or failed, with nothing. */
  Uni<Void> payment(
      CloudEvent event, UUID paymentId, UUID bookingId, Outcome outcome, Stated stated) {
    return noted(
        event,
        bookingId,
        booking ->
            booking
                .settlements()
                .find(paymentId)
                .filter(s -> s.kind() == SettlementKind.CARD_PAYMENT),
        outcome,
        stated);
  }

  /** A refund was approved, with what the event states, or rejected, with nothing. */
  Uni<Void> refund(
      CloudEvent event, UUID refundRequestId, UUID bookingId, Outcome outcome, Stated stated) {
    return noted(
        event,
        bookingId,
        booking -> booking.settlements().refundKnownAs(refundRequestId),
        outcome,
        stated);
  }

  /** Payments and wallet serve others too: an event of a booking that we do not have is ignored. */
  private Uni<Void> noted(
      CloudEvent event,
      UUID bookingId,
      Function<Booking, Optional<Settlement>> which,
      Outcome outcome,
      Stated stated) {
    return bookings
        .find(bookingId)
        .flatMap(
            found ->
                found
                    .flatMap(
                        booking ->
                            which
                                .apply(booking)
                                .filter(settlement -> !known(settlement, outcome))
                                .map(
                                    settlement ->
                                        note(event, booking, settlement, outcome, stated)))
                    .orElseGet(() -> Uni.createFrom().voidItem()));
  }

  /** Whether it is settled so already: then nobody has to be asked again. */
  private static boolean known(Settlement settlement, Outcome outcome) {
    return outcome instanceof Outcome.Moved
        ? settlement.state() == SettlementState.DONE
        : settlement.state() == SettlementState.REFUSED
            || settlement.state() == SettlementState.UNDONE;
  }

  private Uni<Void> note(
      CloudEvent event, Booking booking, Settlement settlement, Outcome outcome, Stated stated) {
    Actor actor = Actor.neighbour(event.source());
    boolean moved = outcome instanceof Outcome.Moved;
    boolean contradiction = moved && settlement.kind().charge() && !settlement.state().live();
    boolean other = moved && !over(stated, booking, settlement);
    if (other) {
      LOG.errorf(
          "Event %s of %s does not name the amount and the currency of settlement %s",
          event.type(), event.source(), settlement.id());
    }
    return (contradiction || other || !senders.believed()
            ? runner.verify(booking, settlement, actor)
            : runner.note(booking, settlement.id(), outcome, actor))
        .invoke(runner::settleInBackground)
        .replaceWithVoid();
  }

  /**
   * Whether an event names the amount and the currency of the settlement; events of refunds name no
   * currency.
   */
  private static boolean over(Stated stated, Booking booking, Settlement settlement) {
    boolean unnamed = !settlement.kind().charge() && stated.currency() == null;
    return (unnamed || booking.payment().currency().equals(stated.currency()))
        && MovementResponses.same(stated.amount(), settlement.amount());
  }
}
