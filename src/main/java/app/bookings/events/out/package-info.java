/** What others are told: events signed and delivered to the configured sinks. */
package app.bookings.events.out;
