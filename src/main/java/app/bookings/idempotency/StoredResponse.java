package app.bookings.idempotency;

import java.util.Map;

/** An answer as it goes out, and as it is kept to be given again: status, headers and body. */
public record StoredResponse(int status, Map<String, String> headers, String body) {}
