/** The surface for signed-in customers. */
package app.bookings.http.client;
