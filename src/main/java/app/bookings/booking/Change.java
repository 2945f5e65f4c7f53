package app.bookings.booking;

import java.time.Instant;

/**
 * Something that happened to a booking and that others are told of.
 *
 * @param transition the change of status; null for an event without one
 * @param from the status before; null for a new booking
 */
public record Change(
    Transition transition, OutboundEvent event, BookingStatus from, Actor actor, Instant at) {}
