package app.bookings.booking;

/** Who put the customer on the session (domain.md, "Tables"). */
public enum BookingSource {
  SELF_BOOKED,
  SLOT_ATTENDEE
}
