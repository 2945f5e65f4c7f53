package app.bookings.settlement;

import java.util.Locale;

/** Why a payment was declined: the {@code reason} of {@code payment-declined} (api.md). */
public enum DeclineReason {
  INSUFFICIENT_FUNDS,
  INSUFFICIENT_BONUS,
  ENTITLEMENT_NOT_USABLE,
  PAYMENT_FAILED;

  public String slug() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public static DeclineReason ofSlug(String slug) {
    return valueOf(slug.toUpperCase(Locale.ROOT).replace('-', '_'));
  }
}
