package app.bookings.settlement;

/** How a booking is paid (domain.md, "Money"). */
public enum PaymentMethod {
  FREE(true, false),
  ON_SITE(true, true),
  WALLET(false, true),
  BONUS(false, true),
  PASS(false, false),
  CARD(true, true);

  private final boolean guests;
  private final boolean remainder;

  PaymentMethod(boolean guests, boolean remainder) {
    this.guests = guests;
    this.remainder = remainder;
  }

  /** Whether it needs no account: guests have neither wallet nor points nor passes. */
  public boolean openToGuests() {
    return guests;
  }

  /** Whether it may pay what a pass leaves. */
  public boolean paysRemainder() {
    return remainder;
  }
}
