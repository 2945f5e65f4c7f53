/** The places of a session; it knows ids and no booking. */
package app.bookings.seats;
