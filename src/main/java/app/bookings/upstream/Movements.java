package app.bookings.upstream;

import app.bookings.booking.DeclineReason;
import app.bookings.booking.Outcome;
import java.util.Set;

/**
 * Reads what the contracts promise alike for every movement whose id the caller chooses
 * (contracts/README.md).
 */
public final class Movements {

  private static final Set<String> MOVED = Set.of("DEBITED", "REDEEMED");
  private static final Set<String> GIVEN_BACK = Set.of("REVERSED", "VOIDED");

  private Movements() {}

  /** The answer to a {@code PUT}. */
  public static Outcome made(Upstream upstream, Answer answer, DeclineReason refusal) {
    if (answer.status() == 422) {
      return new Outcome.Refused(refusal, answer.firstTry());
    }
    if (answer.status() == 409 && answer.slug().equals("voided")) {
      return new Outcome.GivenBack();
    }
    if (answer.ok() && MOVED.contains(answer.text("state"))) {
      return new Outcome.Moved();
    }
    return undone(upstream, answer);
  }

  /** The answer to a {@code DELETE}. */
  public static Outcome undone(Upstream upstream, Answer answer) {
    if (answer.ok() && GIVEN_BACK.contains(answer.text("state"))) {
      return new Outcome.GivenBack();
    }
    throw Neighbours.unexpected(upstream, answer);
  }
}
