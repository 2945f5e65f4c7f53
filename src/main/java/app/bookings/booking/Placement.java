package app.bookings.booking;

import java.time.Instant;

/** What became of claiming a place. */
public sealed interface Placement {

  record Placed(Booking booking) implements Placement {}

  /** The customer has an active booking in the session. */
  record AlreadyBooked() implements Placement {}

  /**
   * No place is free.
   *
   * @param mayFreeUpAt when the earliest unpaid hold of the session ends; null when there is none
   */
  record Full(Instant mayFreeUpAt) implements Placement {}

  /** The session was cancelled or deleted. */
  record Closed() implements Placement {}

  /** The customer is deleted. */
  record CustomerDeleted() implements Placement {}

  /** Something else was told of session or customer: the booking is to be made anew with it. */
  record Outdated(News facts) implements Placement {}

  /** Another run of the same request holds its Idempotency-Key now. */
  record KeyLost() implements Placement {}
}
