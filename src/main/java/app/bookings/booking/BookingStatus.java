package app.bookings.booking;

/** The states of a booking (domain.md, "State machine"). */
public enum BookingStatus {
  PENDING(true),
  CONFIRMED(true),
  CHECKED_IN(true),
  PENDING_PAYMENT(true),
  CANCELLED(false),
  REFUNDED(false);

  private final boolean active;

  BookingStatus(boolean active) {
    this.active = active;
  }

  /** An active booking occupies a place. */
  public boolean active() {
    return active;
  }
}
