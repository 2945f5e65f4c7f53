/** What neighbours tell: read, checked, dispatched to one use case each, and remembered. */
package app.bookings.events.in;
