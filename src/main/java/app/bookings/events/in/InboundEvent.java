package app.bookings.events.in;

import app.bookings.platform.WireTime;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/**
 * What neighbours tell, one record per type (domain.md, "Inbound events"). Whoever adds one adds it
 * to {@link #READERS} and to {@link Receiver}, and what it does to {@link EventDispatch}:
 * forgetting that does not compile.
 */
sealed interface InboundEvent {

  /** By type of the CloudEvent; each reader fails with {@code malformed-request}. */
  Map<String, Function<JsonNode, InboundEvent>> READERS =
      Map.ofEntries(
          Map.entry("payment.succeeded", PaymentSucceeded::new),
          Map.entry("payment.failed", PaymentFailed::new),
          Map.entry("refund.approved", RefundApproved::new),
          Map.entry("refund.rejected", RefundRejected::new),
          Map.entry("session.cancelled", SessionCancelled::new),
          Map.entry("session.reopened", SessionReopened::new),
          Map.entry("session.deleted", SessionDeleted::new),
          Map.entry("session.finished", SessionFinished::new),
          Map.entry("session.rescheduled", SessionRescheduled::new),
          Map.entry("session.capacity-changed", SessionCapacityChanged::new),
          Map.entry("customer.deleted", CustomerDeleted::new),
          Map.entry("customer.linked", CustomerLinked::new),
          Map.entry("wallet.topped-up", WalletToppedUp::new),
          Map.entry("entitlement.deleted", EntitlementDeleted::new),
          Map.entry("scanner-credential.deleted", ScannerCredentialDeleted::new));

  /**
   * The event; one of a type that is not for us is {@link Unknown}.
   *
   * @throws app.bookings.problem.Problem {@code malformed-request}
   */
  static InboundEvent of(CloudEvent event) {
    return READERS.getOrDefault(event.type(), data -> new Unknown()).apply(event.data());
  }

  /** Hands it to what receives events of its type. */
  <R> R to(Receiver<R> receiver);

  /** What receives events: a method for each type. */
  interface Receiver<R> {
    R paymentSucceeded(PaymentSucceeded event);

    R paymentFailed(PaymentFailed event);

    R refundApproved(RefundApproved event);

    R refundRejected(RefundRejected event);

    R sessionCancelled(SessionCancelled event);

    R sessionReopened(SessionReopened event);

    R sessionDeleted(SessionDeleted event);

    R sessionFinished(SessionFinished event);

    R sessionRescheduled(SessionRescheduled event);

    R sessionCapacityChanged(SessionCapacityChanged event);

    R customerDeleted(CustomerDeleted event);

    R customerLinked(CustomerLinked event);

    R walletToppedUp(WalletToppedUp event);

    R entitlementDeleted(EntitlementDeleted event);

    R scannerCredentialDeleted(ScannerCredentialDeleted event);

    R unknown();
  }

  /**
   * What an event says that was moved.
   *
   * @param amount as it was sent; empty where there is none
   * @param currency null where there is none
   */
  record Stated(String amount, String currency) {
    Stated(JsonNode data) {
      this(
          data.path("amount").asText(""),
          data.hasNonNull("currency") ? data.path("currency").asText("") : null);
    }
  }

  record PaymentSucceeded(UUID paymentId, UUID bookingId, Stated stated) implements InboundEvent {
    PaymentSucceeded(JsonNode data) {
      this(CloudEvent.id(data, "paymentId"), CloudEvent.id(data, "sourceId"), new Stated(data));
    }

    @Override
    public <R> R to(Receiver<R> receiver) {
      return receiver.paymentSucceeded(this);
    }
  }

  record PaymentFailed(UUID paymentId, UUID bookingId) implements InboundEvent {
    PaymentFailed(JsonNode data) {
      this(CloudEvent.id(data, "paymentId"), CloudEvent.id(data, "sourceId"));
    }

    @Override
    public <R> R to(Receiver<R> receiver) {
      return receiver.paymentFailed(this);
    }
  }

  record RefundApproved(UUID refundRequestId, UUID bookingId, Stated stated)
      implements InboundEvent {
    RefundApproved(JsonNode data) {
      this(
          CloudEvent.id(data, "refundRequestId"),
          CloudEvent.id(data, "bookingId"),
          new Stated(data));
    }

    @Override
    public <R> R to(Receiver<R> receiver) {
      return receiver.refundApproved(this);
    }
  }

  record RefundRejected(UUID refundRequestId, UUID bookingId) implements InboundEvent {
    RefundRejected(JsonNode data) {
      this(CloudEvent.id(data, "refundRequestId"), CloudEvent.id(data, "bookingId"));
    }

    @Override
    public <R> R to(Receiver<R> receiver) {
      return receiver.refundRejected(this);
    }
  }

  record SessionCancelled(UUID sessionId) implements InboundEvent {
    SessionCancelled(JsonNode data) {
      this(CloudEvent.id(data, "sessionId"));
    }

    @Override
    public <R> R to(Receiver<R> receiver) {
      return receiver.sessionCancelled(this);
    }
  }

  record SessionReopened(UUID sessionId) implements InboundEvent {
    SessionReopened(JsonNode data) {
      this(CloudEvent.id(data, "sessionId"));
    }

    @Override
    public <R> R to(Receiver<R> receiver) {
      return receiver.sessionReopened(this);
    }
  }

  record SessionDeleted(UUID sessionId) implements InboundEvent {
    SessionDeleted(JsonNode data) {
      this(CloudEvent.id(data, "sessionId"));
    }

    @Override
    public <R> R to(Receiver<R> receiver) {
      return receiver.sessionDeleted(this);
    }
  }

  record SessionFinished(UUID sessionId) implements InboundEvent {
    SessionFinished(JsonNode data) {
      this(CloudEvent.id(data, "sessionId"));
    }

    @Override
    public <R> R to(Receiver<R> receiver) {
      return receiver.sessionFinished(this);
    }
  }

  record SessionRescheduled(UUID sessionId, Instant startsAt, Instant endsAt)
      implements InboundEvent {
    public SessionRescheduled {
      if (!WireTime.ofSession(startsAt)) {
        throw CloudEventReader.malformed("data.startsAt is no time of a session.");
      }
      if (!startsAt.isBefore(endsAt)) {
        throw CloudEventReader.malformed("data.endsAt must be after data.startsAt.");
      }
    }

    SessionRescheduled(JsonNode data) {
      this(
          CloudEvent.id(data, "sessionId"),
          CloudEvent.time(data, "startsAt"),
          CloudEvent.time(data, "endsAt"));
    }

    @Override
    public <R> R to(Receiver<R> receiver) {
      return receiver.sessionRescheduled(this);
    }
  }

  /** With so many places; null is unlimited. */
  record SessionCapacityChanged(UUID sessionId, Integer places) implements InboundEvent {
    SessionCapacityChanged(JsonNode data) {
      this(CloudEvent.id(data, "sessionId"), CloudEvent.places(data, "capacity"));
    }

    @Override
    public <R> R to(Receiver<R> receiver) {
      return receiver.sessionCapacityChanged(this);
    }
  }

  record CustomerDeleted(UUID customerId) implements InboundEvent {
    CustomerDeleted(JsonNode data) {
      this(CloudEvent.id(data, "customerId"));
    }

    @Override
    public <R> R to(Receiver<R> receiver) {
      return receiver.customerDeleted(this);
    }
  }

  record CustomerLinked(UUID customerId, UUID userId) implements InboundEvent {
    CustomerLinked(JsonNode data) {
      this(CloudEvent.id(data, "customerId"), CloudEvent.id(data, "userId"));
    }

    @Override
    public <R> R to(Receiver<R> receiver) {
      return receiver.customerLinked(this);
    }
  }

  record WalletToppedUp(UUID customerId) implements InboundEvent {
    WalletToppedUp(JsonNode data) {
      this(CloudEvent.id(data, "customerId"));
    }

    @Override
    public <R> R to(Receiver<R> receiver) {
      return receiver.walletToppedUp(this);
    }
  }

  record EntitlementDeleted(UUID entitlementId) implements InboundEvent {
    EntitlementDeleted(JsonNode data) {
      this(CloudEvent.id(data, "entitlementId"));
    }

    @Override
    public <R> R to(Receiver<R> receiver) {
      return receiver.entitlementDeleted(this);
    }
  }

  record ScannerCredentialDeleted(UUID scannerCredentialId) implements InboundEvent {
    ScannerCredentialDeleted(JsonNode data) {
      this(CloudEvent.id(data, "scannerCredentialId"));
    }

    @Override
    public <R> R to(Receiver<R> receiver) {
      return receiver.scannerCredentialDeleted(this);
    }
  }

  /** Of a type that is not for us. */
  record Unknown() implements InboundEvent {
    @Override
    public <R> R to(Receiver<R> receiver) {
      return receiver.unknown();
    }
  }
}
