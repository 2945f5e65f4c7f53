/** Carrying settlements on: which neighbour is asked for which one, and when again. */
package app.bookings.settling;
