package app.bookings.events.in;

import app.bookings.database.DatabaseUnavailable;
import app.bookings.storage.DeletedReferenceStore;
import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** What an event of a neighbour does to bookings (domain.md, "Inbound events"). */
@ApplicationScoped
public class ReceivingEvents {

  private final InboxStore inbox;
  private final MoneyEvents money;
  private final SessionEvents sessions;
  private final CustomerEvents customers;
  private final DeletedReferenceStore forgetting;

  ReceivingEvents(
      InboxStore inbox,
      MoneyEvents money,
      SessionEvents sessions,
      CustomerEvents customers,
      DeletedReferenceStore forgetting) {
    this.inbox = inbox;
    this.money = money;
    this.sessions = sessions;
    this.customers = customers;
    this.forgetting = forgetting;
  }

  /**
   * Processes it once in effect, however often it comes; an unknown type is ignored. Fails with
   * {@code malformed-request} when its message's id came with another event before.
   *
   * @param message the id of the signed message that it came with
   */
  public Uni<Void> receive(CloudEvent event, Optional<String> message) {
    return inbox
        .has(event)
        .flatMap(
            known ->
                known
                    ? Uni.createFrom().voidItem()
                    : inbox.checkUnused(message, event).chain(() -> carryOut(event, message)));
  }

  /** An effect may be there although it could not be noted, or only a part of it. */
  private Uni<Void> carryOut(CloudEvent event, Optional<String> message) {
    return effect(event)
        .chain(() -> inbox.note(event, message))
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
      case "payment.succeeded", "payment.failed", "refund.approved", "refund.rejected" ->
          money.receive(event);
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
      default -> Uni.createFrom().voidItem();
    };
  }
}
