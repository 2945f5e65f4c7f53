/** The aggregate and its rules, pure: only Booking writes its state. */
package app.bookings.booking;
