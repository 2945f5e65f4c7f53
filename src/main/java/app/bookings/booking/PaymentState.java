package app.bookings.booking;

/** Where the money of a booking stands (domain.md, "Tables"). */
public enum PaymentState {
  NOT_REQUIRED,
  UNPAID,
  PAID,
  REFUND_PENDING,
  REFUNDED,
  REFUND_REJECTED
}
