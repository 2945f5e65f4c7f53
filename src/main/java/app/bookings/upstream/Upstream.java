package app.bookings.upstream;

import java.util.Locale;

/** The five neighbours (domain.md). */
public enum Upstream {
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
