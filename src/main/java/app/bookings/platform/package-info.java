/** What all rooms need: settings, clock, ids, JSON and texts, traces, outages, secrets. */
package app.bookings.platform;
