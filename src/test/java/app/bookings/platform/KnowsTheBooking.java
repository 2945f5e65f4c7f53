package app.bookings.platform;

import app.bookings.booking.Booking;

/** Breaks the table of rooms, so that a test can see that this is seen. */
public record KnowsTheBooking(Booking booking) {}
