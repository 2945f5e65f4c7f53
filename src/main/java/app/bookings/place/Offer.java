package app.bookings.place;

import app.bookings.booking.PaymentPlan;
import app.bookings.catalog.Catalog;
import app.bookings.companies.Customer;
import app.bookings.passes.Coverage;
import java.util.UUID;

/**
 * A booking that passes every rule but the claim of a place.
 *
 * @param coverage what a pass would absorb; null when none was asked for
 */
record Offer(
    UUID bookingId, Catalog.Seen seen, Customer customer, PaymentPlan payment, Coverage coverage) {}
