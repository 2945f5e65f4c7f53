package app.bookings.events.in;

import app.bookings.application.BillingAttendees;
import app.bookings.application.EndingBookings;
import app.bookings.application.LinkingCustomers;
import app.bookings.application.ReschedulingBookings;
import app.bookings.application.RetryingDebts;
import app.bookings.background.BackgroundWork;
import app.bookings.booking.Actor;
import app.bookings.neighbours.Catalog;
import app.bookings.platform.Clock;
import app.bookings.platform.Outage;
import app.bookings.problem.Failures;
import app.bookings.seats.Seats;
import app.bookings.settlement.DeclineReason;
import app.bookings.settlement.Outcome;
import app.bookings.storage.DeletedReferenceStore;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import org.jboss.logging.Logger;

/** What each event does, one use case each (domain.md, "Inbound events"). */
@ApplicationScoped
class EventDispatch {

  private static final Outage OUTAGE =
      new Outage(Logger.getLogger(EventDispatch.class), "What an event began is left to recovery");

  private final MoneyEvents money;
  private final EndingBookings ending;
  private final ReschedulingBookings rescheduling;
  private final BillingAttendees billing;
  private final RetryingDebts debts;
  private final LinkingCustomers links;
  private final DeletedReferenceStore references;
  private final EventSenders senders;
  private final Seats seats;
  private final Catalog catalog;
  private final Clock clock;

  EventDispatch(
      MoneyEvents money,
      EndingBookings ending,
      ReschedulingBookings rescheduling,
      BillingAttendees billing,
      RetryingDebts debts,
      LinkingCustomers links,
      DeletedReferenceStore references,
      EventSenders senders,
      Seats seats,
      Catalog catalog,
      Clock clock) {
    this.money = money;
    this.ending = ending;
    this.rescheduling = rescheduling;
    this.billing = billing;
    this.debts = debts;
    this.links = links;
    this.references = references;
    this.senders = senders;
    this.seats = seats;
    this.catalog = catalog;
    this.clock = clock;
  }

  /** What the event does; harmless a second time. Fails with {@code malformed-request}. */
  Uni<Void> effect(CloudEvent event) {
    return InboundEvent.tell(event, new Effect(event));
  }

  /**
   * What the event does again to what may have been on its way when it came. Of facts that are kept
   * it is what stands that is applied: another event of the same time may have been told since.
   */
  Uni<Void> again(CloudEvent event) {
    return InboundEvent.tell(
        event,
        new Effect(event) {
          @Override
          public Uni<Void> sessionRescheduled(InboundEvent.SessionRescheduled moved) {
            return rescheduling.apply(moved.sessionId(), actor);
          }

          @Override
          public Uni<Void> sessionCapacityChanged(InboundEvent.SessionCapacityChanged changed) {
            return Uni.createFrom().voidItem();
          }
        });
  }

  /** At once and beside the answer: recovery would do it in its next round anyway. */
  private static Uni<Void> begun(Uni<Void> intent, BackgroundWork work) {
    return intent.invoke(
        () ->
            work.carryOn()
                .subscribe()
                .with(done -> OUTAGE.worked(), failure -> Failures.tell(OUTAGE, failure)));
  }

  private class Effect implements InboundEvent.Receiver {
    final CloudEvent event;
    final Actor actor;

    Effect(CloudEvent event) {
      this.event = event;
      this.actor = Actor.neighbour(event.source());
    }

    @Override
    public Uni<Void> paymentSucceeded(InboundEvent.PaymentSucceeded paid) {
      return money.payment(
          event, paid.paymentId(), paid.bookingId(), new Outcome.Moved(), paid.stated());
    }

    @Override
    public Uni<Void> paymentFailed(InboundEvent.PaymentFailed failed) {
      return money.payment(
          event,
          failed.paymentId(),
          failed.bookingId(),
          new Outcome.Failed(DeclineReason.PAYMENT_FAILED),
          null);
    }

    @Override
    public Uni<Void> refundApproved(InboundEvent.RefundApproved approved) {
      return money.refund(
          event,
          approved.refundRequestId(),
          approved.bookingId(),
          new Outcome.Moved(),
          approved.stated());
    }

    @Override
    public Uni<Void> refundRejected(InboundEvent.RefundRejected rejected) {
      return money.refund(
          event, rejected.refundRequestId(), rejected.bookingId(), new Outcome.Failed(null), null);
    }

    @Override
    public Uni<Void> sessionCancelled(InboundEvent.SessionCancelled cancelled) {
      UUID session = cancelled.sessionId();
      return news(session, begun(ending.sessionCancelled(session, event.time(), actor), ending));
    }

    @Override
    public Uni<Void> sessionReopened(InboundEvent.SessionReopened reopened) {
      UUID session = reopened.sessionId();
      return news(session, ending.sessionReopened(session, event.time()));
    }

    @Override
    public Uni<Void> sessionDeleted(InboundEvent.SessionDeleted deleted) {
      UUID session = deleted.sessionId();
      return news(session, begun(ending.sessionDeleted(session, event.time(), actor), ending));
    }

    @Override
    public Uni<Void> sessionFinished(InboundEvent.SessionFinished finished) {
      UUID session = finished.sessionId();
      return news(session, begun(billing.sessionFinished(session, event.time()), billing));
    }

    @Override
    public Uni<Void> sessionRescheduled(InboundEvent.SessionRescheduled moved) {
      UUID session = moved.sessionId();
      return news(
          session,
          rescheduling.reschedule(session, moved.startsAt(), moved.endsAt(), event.time(), actor));
    }

    @Override
    public Uni<Void> sessionCapacityChanged(InboundEvent.SessionCapacityChanged changed) {
      UUID session = changed.sessionId();
      return news(session, seats.told(session, changed.places(), event.time(), clock.now()));
    }

    /** Done when what is cached of the session is dropped, too. */
    private Uni<Void> news(UUID sessionId, Uni<Void> effect) {
      return effect.chain(() -> catalog.forget(sessionId));
    }

    @Override
    public Uni<Void> customerDeleted(InboundEvent.CustomerDeleted deleted) {
      return ending.customerDeleted(deleted.customerId(), actor);
    }

    @Override
    public Uni<Void> customerLinked(InboundEvent.CustomerLinked linked) {
      return links.link(linked.customerId(), linked.userId(), event.time(), senders.believed());
    }

    @Override
    public Uni<Void> walletToppedUp(InboundEvent.WalletToppedUp toppedUp) {
      return begun(debts.toppedUp(toppedUp.customerId(), event.time()), debts);
    }

    @Override
    public Uni<Void> entitlementDeleted(InboundEvent.EntitlementDeleted deleted) {
      return references.entitlement(deleted.entitlementId());
    }

    @Override
    public Uni<Void> scannerCredentialDeleted(InboundEvent.ScannerCredentialDeleted deleted) {
      return references.scannerCredential(deleted.scannerCredentialId());
    }
  }
}
