/** The surface for other services: questions, staff, operators and their events. */
package app.bookings.http.internal;
