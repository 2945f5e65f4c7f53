/** The main method: what is configured is looked at before anything starts. */
package app.bookings.startup;
