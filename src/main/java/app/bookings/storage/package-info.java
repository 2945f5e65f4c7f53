/** Every statement that reads or writes bookings, their lines, their history and the outbox. */
package app.bookings.storage;
