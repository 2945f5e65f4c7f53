/** What moves: settlements with their kinds, states and outcomes, and money. */
package app.bookings.settlement;
