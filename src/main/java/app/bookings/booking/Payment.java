package app.bookings.booking;

import app.bookings.settlement.PaymentMethod;
import app.bookings.settlement.SettlementKind;
import java.math.BigDecimal;
import java.util.UUID;

/**
 * What a booking costs, how it is paid and where that stands (domain.md, "Money").
 *
 * @param method null while a slot attendee is unbilled
 * @param price of the place, scale 2
 * @param currency ISO 4217
 * @param entitlementId the pass that absorbs the price; null where none does
 * @param cardPaymentId the last card payment; null where there was none
 * @param refundRequestId wallet's refund request; null where there is none
 */
public record Payment(
    PaymentMethod method,
    PaymentState state,
    BigDecimal price,
    String currency,
    boolean walletDebited,
    boolean bonusDebited,
    UUID entitlementId,
    UUID cardPaymentId,
    UUID refundRequestId) {

  /** Whether a pass absorbs the price. */
  public boolean absorbed() {
    return method == PaymentMethod.PASS;
  }

  Payment by(PaymentMethod other) {
    return with(other, state, entitlementId, cardPaymentId, refundRequestId);
  }

  Payment standing(PaymentState other) {
    return with(method, other, entitlementId, cardPaymentId, refundRequestId);
  }

  Payment absorbedBy(UUID entitlement) {
    return with(PaymentMethod.PASS, state, entitlement, cardPaymentId, refundRequestId);
  }

  Payment cardPayment(UUID id) {
    return with(method, state, entitlementId, id, refundRequestId);
  }

  Payment refundRequest(UUID id) {
    return with(method, state, entitlementId, cardPaymentId, id);
  }

  /** What a charge of this kind took is there, or is back. */
  Payment debited(SettlementKind kind, boolean taken) {
    return new Payment(
        method,
        state,
        price,
        currency,
        kind == SettlementKind.WALLET_DEBIT ? taken : walletDebited,
        kind == SettlementKind.BONUS_DEBIT ? taken : bonusDebited,
        entitlementId,
        cardPaymentId,
        refundRequestId);
  }

  private Payment with(
      PaymentMethod newMethod,
      PaymentState newState,
      UUID newEntitlement,
      UUID newCardPayment,
      UUID newRefundRequest) {
    return new Payment(
        newMethod,
        newState,
        price,
        currency,
        walletDebited,
        bonusDebited,
        newEntitlement,
        newCardPayment,
        newRefundRequest);
  }
}
