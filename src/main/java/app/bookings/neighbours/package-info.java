/** Five contracts and five beans that speak the domain, and how any neighbour is called. */
package app.bookings.neighbours;
