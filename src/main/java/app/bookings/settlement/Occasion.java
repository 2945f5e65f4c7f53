package app.bookings.settlement;

/** What a settlement was begun for; it decides what a refusal means (domain.md, "Money"). */
public enum Occasion {
  /** A refusal cancels the booking. */
  CREATE,
  /** A refusal leaves the booking as it was. */
  PAY,
  /** A refusal of the pass turns to the wallet, one of the wallet leaves a debt. */
  BILLING,
  GIVE_BACK
}
