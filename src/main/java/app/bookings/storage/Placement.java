package app.bookings.storage;

import app.bookings.booking.Booking;
import app.bookings.seats.NoPlace;

/** What became of claiming a place. */
public sealed interface Placement {

  record Placed(Booking booking) implements Placement {}

  record Refused(NoPlace why) implements Placement {}

  /** Another run of the same request holds its Idempotency-Key now. */
  record KeyLost() implements Placement {}
}
