package app.bookings.storage;

import java.util.UUID;

/**
 * The Idempotency-Key of the request that makes a change, and the run of the request that holds it.
 * It is bound to the booking in the statement of the change, so that the answer can be given again
 * after a crash, and a request that lost its key to a later one changes nothing.
 */
public record KeyOwner(String caller, String key, UUID owner) {}
