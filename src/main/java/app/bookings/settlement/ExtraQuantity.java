package app.bookings.settlement;

import java.util.UUID;

/** So many units of an extra. */
public record ExtraQuantity(UUID extraId, int quantity) {}
