/** Requests that are carried out once per caller and key. */
package app.bookings.idempotency;
