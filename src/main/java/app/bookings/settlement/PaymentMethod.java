package app.bookings.settlement;

/** How a booking is paid (domain.md, "Money"). */
public enum PaymentMethod {
  FREE,
  ON_SITE,
  WALLET,
  BONUS,
  PASS,
  CARD
}
