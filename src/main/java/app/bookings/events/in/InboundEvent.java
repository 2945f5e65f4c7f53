package app.bookings.events.in;

import app.bookings.platform.WireTime;
import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * What neighbours tell, one record per type (domain.md, "Inbound events"). Whoever adds one adds it
 * to {@link #TYPES} and to {@link Receiver}: then {@link EventDispatch} does not compile until it
 * says what happens.
 */
sealed interface InboundEvent {

  /** By type of the CloudEvent. */
  Map<String, Type<?>> TYPES =
      Map.ofEntries(
          type("payment.succeeded", PaymentSucceeded::new, Receiver::paymentSucceeded),
          type("payment.failed", PaymentFailed::new, Receiver::paymentFailed),
          type("refund.approved", RefundApproved::new, Receiver::refundApproved),
          type("refund.rejected", RefundRejected::new, Receiver::refundRejected),
          type("session.cancelled", SessionCancelled::new, Receiver::sessionCancelled),
          type("session.reopened", SessionReopened::new, Receiver::sessionReopened),
          type("session.deleted", SessionDeleted::new, Receiver::sessionDeleted),
          type("session.finished", SessionFinished::new, Receiver::sessionFinished),
          type("session.rescheduled", SessionRescheduled::new, Receiver::sessionRescheduled),
          type(
              "session.capacity-changed",
              SessionCapacityChanged::new,
              Receiver::sessionCapacityChanged),
          type("customer.deleted", CustomerDeleted::new, Receiver::customerDeleted),
          type("customer.linked", CustomerLinked::new, Receiver::customerLinked),
          type("wallet.topped-up", WalletToppedUp::new, Receiver::walletToppedUp),
          type("entitlement.deleted", EntitlementDeleted::new, Receiver::entitlementDeleted),
          type(
              "scanner-credential.deleted",
              ScannerCredentialDeleted::new,
              Receiver::scannerCredentialDeleted));

  /** How events of a type are read, and who receives them. */
  record Type<E extends InboundEvent>(
      Function<JsonNode, E> reader, BiFunction<Receiver, E, Uni<Void>> receives) {

    private Uni<Void> tell(JsonNode data, Receiver receiver) {
      return receives.apply(receiver, reader.apply(data));
    }
  }

  private static <E extends InboundEvent> Map.Entry<String, Type<?>> type(
      String name, Function<JsonNode, E> reader, BiFunction<Receiver, E, Uni<Void>> receives) {
    return Map.entry(name, new Type<>(reader, receives));
  }

  /**
   * Hands the event to what receives its type; one of a type that is not known here is ignored.
   *
   * @throws app.bookings.problem.Problem {@code malformed-request}
   */
  static Uni<Void> tell(CloudEvent event, Receiver receiver) {
    Type<?> type = TYPES.get(event.type());
    return type == null ? Uni.createFrom().voidItem() : type.tell(event.data(), receiver);
  }

  /** What receives events: a method for each type. */
  interface Receiver {
    Uni<Void> paymentSucceeded(PaymentSucceeded event);

    Uni<Void> paymentFailed(PaymentFailed event);

    Uni<Void> refundApproved(RefundApproved event);

    Uni<Void> refundRejected(RefundRejected event);

    Uni<Void> sessionCancelled(SessionCancelled event);

    Uni<Void> sessionReopened(SessionReopened event);

    Uni<Void> sessionDeleted(SessionDeleted event);

    Uni<Void> sessionFinished(SessionFinished event);

    Uni<Void> sessionRescheduled(SessionRescheduled event);

    Uni<Void> sessionCapacityChanged(SessionCapacityChanged event);

    Uni<Void> customerDeleted(CustomerDeleted event);

    Uni<Void> customerLinked(CustomerLinked event);

    Uni<Void> walletToppedUp(WalletToppedUp event);

    Uni<Void> entitlementDeleted(EntitlementDeleted event);

    Uni<Void> scannerCredentialDeleted(ScannerCredentialDeleted event);
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
  }

  record PaymentFailed(UUID paymentId, UUID bookingId) implements InboundEvent {
    PaymentFailed(JsonNode data) {
      this(CloudEvent.id(data, "paymentId"), CloudEvent.id(data, "sourceId"));
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
  }

  record RefundRejected(UUID refundRequestId, UUID bookingId) implements InboundEvent {
    RefundRejected(JsonNode data) {
      this(CloudEvent.id(data, "refundRequestId"), CloudEvent.id(data, "bookingId"));
    }
  }

  record SessionCancelled(UUID sessionId) implements InboundEvent {
    SessionCancelled(JsonNode data) {
      this(CloudEvent.id(data, "sessionId"));
    }
  }

  record SessionReopened(UUID sessionId) implements InboundEvent {
    SessionReopened(JsonNode data) {
      this(CloudEvent.id(data, "sessionId"));
    }
  }

  record SessionDeleted(UUID sessionId) implements InboundEvent {
    SessionDeleted(JsonNode data) {
      this(CloudEvent.id(data, "sessionId"));
    }
  }

  record SessionFinished(UUID sessionId) implements InboundEvent {
    SessionFinished(JsonNode data) {
      this(CloudEvent.id(data, "sessionId"));
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
  }

  /** With so many places; null is unlimited. */
  record SessionCapacityChanged(UUID sessionId, Integer places) implements InboundEvent {
    SessionCapacityChanged(JsonNode data) {
      this(CloudEvent.id(data, "sessionId"), CloudEvent.places(data, "capacity"));
    }
  }

  record CustomerDeleted(UUID customerId) implements InboundEvent {
    CustomerDeleted(JsonNode data) {
      this(CloudEvent.id(data, "customerId"));
    }
  }

  record CustomerLinked(UUID customerId, UUID userId) implements InboundEvent {
    CustomerLinked(JsonNode data) {
      this(CloudEvent.id(data, "customerId"), CloudEvent.id(data, "userId"));
    }
  }

  record WalletToppedUp(UUID customerId) implements InboundEvent {
    WalletToppedUp(JsonNode data) {
      this(CloudEvent.id(data, "customerId"));
    }
  }

  record EntitlementDeleted(UUID entitlementId) implements InboundEvent {
    EntitlementDeleted(JsonNode data) {
      this(CloudEvent.id(data, "entitlementId"));
    }
  }

  record ScannerCredentialDeleted(UUID scannerCredentialId) implements InboundEvent {
    ScannerCredentialDeleted(JsonNode data) {
      this(CloudEvent.id(data, "scannerCredentialId"));
    }
  }
}
