/** The use cases, one class each, with the stores that only they use. */
package app.bookings.application;
