/** Problem documents: every refusal there is. */
package app.bookings.problem;
