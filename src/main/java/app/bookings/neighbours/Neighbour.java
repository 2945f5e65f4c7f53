package app.bookings.neighbours;

import java.util.Locale;

/** The five neighbours (contracts.md, "What the neighbours promise"). */
public enum Neighbour {
  CATALOG,
  COMPANIES,
  PASSES,
  WALLET,
  PAYMENTS;

  /** As problem documents, metrics and logs name it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
