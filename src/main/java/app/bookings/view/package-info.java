/** How a booking looks to each surface. */
package app.bookings.view;
