/** Filters that complete the OpenAPI document. */
package app.bookings.http.openapi;
