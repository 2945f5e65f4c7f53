/**
 * What a request passes before a resource: its form, its bounds, how failures become problem
 * documents.
 */
package app.bookings.http.edge;
