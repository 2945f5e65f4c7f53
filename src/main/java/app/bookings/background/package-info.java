/** Work that goes on without a request: the loop, work for each booking, what is forgotten. */
package app.bookings.background;
