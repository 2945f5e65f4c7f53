/** The surface for guests, whose bookings open with a token. */
package app.bookings.http.guest;
