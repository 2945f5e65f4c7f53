package app.bookings.events;

import app.bookings.booking.Actor;
import app.bookings.booking.Booking;
import app.bookings.booking.BookingStore;
import app.bookings.booking.DeclineReason;
import app.bookings.booking.Forgetting;
import app.bookings.booking.Outcome;
import app.bookings.booking.Settlement;
import app.bookings.booking.SettlementKind;
import app.bookings.database.DatabaseUnavailable;
import app.bookings.settle.Settler;
import app.bookings.upstream.Movements;
import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jboss.logging.Logger;

/** What an event of a neighbour does to bookings (domain.md, "Inbound events"). */
@ApplicationScoped
class ReceivingEvents {

  private static final Logger LOG = Logger.getLogger(ReceivingEvents.class);

  private final Inbox inbox;
  private final BookingStore bookings;
  private final Settler settler;
  private final SessionEvents sessions;
  private final CustomerEvents customers;
  private final Forgetting forgetting;

  ReceivingEvents(
      Inbox inbox,
      BookingStore bookings,
      Settler settler,
      SessionEvents sessions,
      CustomerEvents customers,
      Forgetting forgetting) {
    this.inbox = inbox;
    this.bookings = bookings;
    this.settler = settler;
    this.sessions = sessions;
    this.customers = customers;
    this.forgetting = forgetting;
  }

  /** Processes it once in effect, however often it comes; an unknown type is ignored. */
  Uni<Void> receive(CloudEvent event) {
    return inbox.has(event).flatMap(known -> known ? Uni.createFrom().voidItem() : carryOut(event));
  }

  /** An effect may be there although it could not be noted, or only a part of it. */
  private Uni<Void> carryOut(CloudEvent event) {
    return effect(event)
        .chain(() -> inbox.note(event))
        .onFailure(DatabaseUnavailable.class)
        .transform(failure -> DatabaseUnavailable.outcomeUnknown());
  }

  /** What the event does again to what it may have missed. */
  Uni<Void> again(CloudEvent event) {
    return switch (event.type()) {
      case "session.rescheduled", "session.capacity-changed" ->
          sessions.again(event, CloudEvent.id(event.data(), "sessionId"));
      default -> effect(event);
    };
  }

  /** What the event does; harmless a second time. */
  Uni<Void> effect(CloudEvent event) {
    JsonNode data = event.data();
    return switch (event.type()) {
      case "payment.succeeded" ->
          payment(
              event,
              CloudEvent.id(data, "paymentId"),
              CloudEvent.id(data, "sourceId"),
              new Outcome.Moved());
      case "payment.failed" ->
          payment(
              event,
              CloudEvent.id(data, "paymentId"),
              CloudEvent.id(data, "sourceId"),
              new Outcome.Failed(DeclineReason.PAYMENT_FAILED));
      case "session.cancelled",
          "session.reopened",
          "session.deleted",
          "session.rescheduled",
          "session.capacity-changed",
          "session.finished" ->
          sessions.receive(event, CloudEvent.id(data, "sessionId"));
      case "customer.deleted", "customer.linked", "wallet.topped-up" ->
          customers.receive(event, CloudEvent.id(data, "customerId"));
      case "entitlement.deleted" -> forgetting.entitlement(CloudEvent.id(data, "entitlementId"));
      case "scanner-credential.deleted" ->
          forgetting.scannerCredential(CloudEvent.id(data, "scannerCredentialId"));
      case "refund.approved" ->
          refund(
              event,
              CloudEvent.id(data, "refundRequestId"),
              CloudEvent.id(data, "bookingId"),
              new Outcome.Moved());
      case "refund.rejected" ->
          refund(
              event,
              CloudEvent.id(data, "refundRequestId"),
              CloudEvent.id(data, "bookingId"),
              new Outcome.Failed(null));
      default -> Uni.createFrom().voidItem();
    };
  }

  private Uni<Void> payment(CloudEvent event, UUID paymentId, UUID bookingId, Outcome outcome) {
    return noted(
        event,
        bookingId,
        booking ->
            booking.settlement(paymentId).filter(s -> s.kind() == SettlementKind.CARD_PAYMENT),
        outcome);
  }

  private Uni<Void> refund(CloudEvent event, UUID refundId, UUID bookingId, Outcome outcome) {
    return noted(event, bookingId, booking -> booking.refundKnownAs(refundId), outcome);
  }

  /** Payments and wallet serve others too: what is not of a booking of ours is not for us. */
  private Uni<Void> noted(
      CloudEvent event,
      UUID bookingId,
      Function<Booking, Optional<Settlement>> which,
      Outcome outcome) {
    return bookings
        .find(bookingId)
        .flatMap(
            found ->
                found
                    .flatMap(
                        booking ->
                            which
                                .apply(booking)
                                .map(settlement -> note(event, booking, settlement, outcome)))
                    .orElseGet(() -> Uni.createFrom().voidItem()));
  }

  private Uni<Void> note(
      CloudEvent event, Booking booking, Settlement settlement, Outcome outcome) {
    Actor actor = Actor.neighbour(event.source());
    boolean moved = outcome instanceof Outcome.Moved;
    boolean contradiction = moved && settlement.kind().charge() && !settlement.wanted();
    boolean other = moved && !over(event.data(), booking, settlement);
    if (other) {
      LOG.errorf(
          "Event %s of %s names another amount or currency than settlement %s",
          event.type(), event.source(), settlement.id());
    }
    return (contradiction || other
            ? settler.verify(booking, settlement, actor)
            : settler.note(booking, settlement.id(), outcome, actor))
        .invoke(settler::settleInBackground)
        .replaceWithVoid();
  }

  /**
   * Whether an event is over what the settlement is; what it does not name speaks not against it.
   */
  private static boolean over(JsonNode data, Booking booking, Settlement settlement) {
    boolean amount =
        !data.hasNonNull("amount")
            || Movements.same(data.path("amount").asText(), settlement.amount());
    boolean currency =
        !data.hasNonNull("currency") || data.path("currency").asText().equals(booking.currency());
    return amount && currency;
  }
}
