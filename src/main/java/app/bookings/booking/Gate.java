package app.bookings.booking;

import java.time.Instant;
import java.util.UUID;

/**
 * Who was let in, when and by whom: a user or a scanner's credential (domain.md, "Tables").
 *
 * @param checkedInAt null before; likewise the others
 */
public record Gate(Instant checkedInAt, UUID verifierUserId, UUID verifierScannerCredentialId) {

  /** Not yet. */
  static final Gate BEFORE = new Gate(null, null, null);

  public boolean passed() {
    return checkedInAt != null;
  }
}
