package app.bookings.application;

import app.bookings.booking.PaymentPlan;
import app.bookings.neighbours.Catalog;
import app.bookings.neighbours.Coverage;
import app.bookings.neighbours.Customer;
import java.util.UUID;

/**
 * A booking that passes every rule but the claim of a place.
 *
 * @param coverage what a pass would absorb; null when none was asked for
 */
record Offer(
    UUID bookingId, Catalog.Seen seen, Customer customer, PaymentPlan payment, Coverage coverage) {}
