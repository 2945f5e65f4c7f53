package app.bookings.booking;

/** What other services are told of a booking (domain.md, "Outbound events"). */
public enum OutboundEvent {
  CREATED("booking.created"),
  CONFIRMED("booking.confirmed"),
  PAID("booking.paid"),
  PAYMENT_DUE("booking.payment-due"),
  CHECKED_IN("booking.checked-in"),
  RESCHEDULED("booking.rescheduled"),
  CANCELLED("booking.cancelled"),
  REFUNDED("booking.refunded");

  private final String type;

  OutboundEvent(String type) {
    this.type = type;
  }

  /** The type of the CloudEvent. */
  public String type() {
    return type;
  }
}
