/** Statements with retries and time limits, and what can be said when there was no answer. */
package app.bookings.database;
