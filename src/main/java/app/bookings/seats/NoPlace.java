package app.bookings.seats;

import java.time.Instant;

/** Why a claim got no place. */
public sealed interface NoPlace {

  /** The customer has an active booking in the session. */
  record AlreadyBooked() implements NoPlace {}

  /**
   * No place is free.
   *
   * @param mayFreeUpAt when the earliest unpaid hold of the session ends; null when there is none
   */
  record Full(Instant mayFreeUpAt) implements NoPlace {}

  /** The session was called off or deleted. */
  record Closed() implements NoPlace {}

  /** The customer is deleted. */
  record CustomerDeleted() implements NoPlace {}

  /** Something else was told of session or customer: the booking is to be made anew with it. */
  record Outdated(News news) implements NoPlace {}
}
