package app.bookings.neighbours;

import app.bookings.settlement.DeclineReason;
import app.bookings.settlement.Outcome;
import java.math.BigDecimal;
import java.util.Set;
import java.util.UUID;

/**
 * Reads what the contracts promise alike for every movement whose id the caller chooses
 * (contracts.md, "Movements"). An answer is believed when it is about what was asked: its id, and
 * amount and currency where it names them.
 */
public final class MovementResponses {

  private static final Set<String> MOVED = Set.of("DEBITED", "REDEEMED");
  private static final Set<String> GIVEN_BACK = Set.of("REVERSED", "VOIDED");

  /** As the service writes amounts, and a little more: read before anything is computed. */
  private static final String AMOUNT = "\\d{1,10}(\\.\\d{1,4})?";

  private MovementResponses() {}

  /** The answer to a {@code PUT}, whose members were held against what was asked. */
  public static Outcome made(
      Neighbour neighbour, NeighbourResponse answer, UUID id, DeclineReason refusal) {
    if (answer.status() == 422) {
      return new Outcome.Refused(refusal, answer.firstTry());
    }
    if (answer.status() == 409 && answer.slug().equals("voided")) {
      return new Outcome.GivenBack();
    }
    if (answer.ok() && MOVED.contains(answer.text("state"))) {
      about(neighbour, answer, "id", id);
      return new Outcome.Moved();
    }
    return undone(neighbour, answer, id);
  }

  /** The answer to a {@code DELETE}. */
  public static Outcome undone(Neighbour neighbour, NeighbourResponse answer, UUID id) {
    if (answer.ok() && GIVEN_BACK.contains(answer.text("state"))) {
      about(neighbour, answer, "id", id);
      return new Outcome.GivenBack();
    }
    throw ResponseReader.unexpected(neighbour, answer);
  }

  /** The member that says what an answer is about is this id; else it is no answer. */
  public static void about(Neighbour neighbour, NeighbourResponse answer, String member, UUID id) {
    if (!id.toString().equalsIgnoreCase(answer.text(member))) {
      throw ResponseReader.unfit(neighbour, member);
    }
  }

  /** The amount, and the currency where one is given, is what was asked for, if it is named. */
  public static void over(
      Neighbour neighbour, NeighbourResponse answer, BigDecimal amount, String currency) {
    if (answer.body().hasNonNull("amount") && !same(answer.text("amount"), amount)) {
      throw ResponseReader.unfit(neighbour, "amount");
    }
    if (currency != null
        && answer.body().hasNonNull("currency")
        && !currency.equals(answer.text("currency"))) {
      throw ResponseReader.unfit(neighbour, "currency");
    }
  }

  /** Whether a text is this amount of money. */
  public static boolean same(String text, BigDecimal amount) {
    return text.matches(AMOUNT) && new BigDecimal(text).compareTo(amount) == 0;
  }
}
