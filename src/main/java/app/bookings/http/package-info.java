/**
 * What the surfaces share: bodies of requests, answers made of a booking, commands that are carried
 * out once.
 */
package app.bookings.http;
