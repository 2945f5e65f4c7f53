package app.bookings.settlement;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Why a payment was declined: the {@code reason} of {@code payment-declined} (api.md, "Problems").
 */
public enum DeclineReason {
  INSUFFICIENT_FUNDS,
  INSUFFICIENT_BONUS,
  ENTITLEMENT_NOT_USABLE,
  PAYMENT_FAILED;

  public String slug() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The reason with this slug; empty for null, and for what is no reason of ours. */
  static Optional<DeclineReason> ofSlug(String slug) {
    return Arrays.stream(values()).filter(reason -> reason.slug().equals(slug)).findFirst();
  }
}
