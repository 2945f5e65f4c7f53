package app.bookings.application;

import app.bookings.settlement.ExtraQuantity;
import app.bookings.settlement.PaymentMethod;
import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;

/**
 * What a customer wants to book and how they want to pay it.
 *
 * @param entitlementId the pass to use; null lets passes propose one
 * @param extrasPaymentMethod what pays the extras that a pass leaves; null when nothing may
 * @param resultUrl where a checkout leads back to; null for none
 * @param expectedTotal refuses any other total; null accepts all
 */
public record PaymentChoice(
    PaymentMethod paymentMethod,
    UUID entitlementId,
    PaymentMethod extrasPaymentMethod,
    String resultUrl,
    List<ExtraQuantity> extras,
    BigDecimal expectedTotal) {}
