package app.bookings.booking;

import app.bookings.settlement.DeclineReason;
import app.bookings.settlement.Outcome;
import app.bookings.settlement.Settlement;
import app.bookings.settlement.SettlementKind;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

/**
 * The neighbours as their contracts have them, with the truth of what moved: a {@code PUT} said
 * again does nothing more, a {@code DELETE} fences it, answers are lost on the way.
 */
final class World {

  private final Random random;
  private final Set<UUID> moved = new HashSet<>();
  private final Set<UUID> voided = new HashSet<>();
  private final Set<UUID> open = new HashSet<>();
  private final Set<UUID> failed = new HashSet<>();
  private final Map<UUID, Integer> asked = new HashMap<>();

  World(Random random) {
    this.random = random;
  }

  boolean hasMoved(Settlement settlement) {
    return moved.contains(settlement.id());
  }

  /** Money and points that are taken and not given back: charges without refunds. */
  BigDecimal kept(Booking booking) {
    return booking.settlements().all().stream()
        .filter(this::hasMoved)
        .map(s -> s.charge() ? s.amount() : s.amount().negate())
        .reduce(new BigDecimal("0.00"), BigDecimal::add);
  }

  /** Uses of passes that are redeemed and not released. */
  long uses(Booking booking) {
    return booking
        .settlements()
        .charges()
        .filter(s -> s.kind() == SettlementKind.PASS_REDEMPTION && hasMoved(s))
        .count();
  }

  /** The customer pays an open checkout, or fails to; whatever the booking thinks of it. */
  void customer(Settlement checkout) {
    if (open.remove(checkout.id())) {
      (random.nextInt(3) > 0 ? moved : failed).add(checkout.id());
    }
  }

  /**
   * What the neighbour answers when it is asked for what is due; null where the answer is lost.
   *
   * @param decided whether whatever waits for somebody is decided by now
   */
  Outcome ask(Settlement settlement, boolean decided) {
    UUID id = settlement.id();
    boolean first = asked.merge(id, 1, Integer::sum) == 1;
    Outcome answer =
        switch (settlement.state()) {
          case DUE, AWAITING -> settlement.charge() ? put(settlement, first) : refund(settlement);
          case UNDO_DUE -> delete(settlement);
          case DONE, REFUSED, UNDONE -> throw new IllegalArgumentException(settlement.toString());
        };
    if (answer instanceof Outcome.Waiting && decided) {
      customer(settlement);
      return ask(settlement, true);
    }
    return decided || random.nextInt(5) > 0 ? answer : null;
  }

  /** What it would tell of it now, unasked: only what is the last word on it. */
  Outcome tell(Settlement settlement) {
    if (hasMoved(settlement)) {
      return new Outcome.Moved();
    }
    if (voided.contains(settlement.id())) {
      return new Outcome.GivenBack();
    }
    return failed.contains(settlement.id()) ? failure(settlement) : null;
  }

  private static Outcome failure(Settlement settlement) {
    return new Outcome.Failed(settlement.charge() ? DeclineReason.PAYMENT_FAILED : null);
  }

  private Outcome put(Settlement charge, boolean first) {
    UUID id = charge.id();
    Outcome known = tell(charge);
    if (known != null) {
      return known;
    }
    if (charge.kind() == SettlementKind.CARD_PAYMENT) {
      open.add(id);
      return new Outcome.Waiting("https://pay.example/c/1", null);
    }
    if (random.nextInt(3) == 0) {
      return new Outcome.Refused(charge.kind().refusal(), first);
    }
    moved.add(id);
    return new Outcome.Moved();
  }

  /** A payment that has succeeded can't be cancelled; anything else is given back, or never is. */
  private Outcome delete(Settlement charge) {
    UUID id = charge.id();
    if (charge.kind() == SettlementKind.CARD_PAYMENT && hasMoved(charge)) {
      return new Outcome.Moved();
    }
    moved.remove(id);
    open.remove(id);
    voided.add(id);
    return new Outcome.GivenBack();
  }

  private Outcome refund(Settlement refund) {
    Outcome known = tell(refund);
    if (known != null) {
      return known;
    }
    open.remove(refund.id());
    return switch (random.nextInt(4)) {
      case 0 -> {
        open.add(refund.id());
        yield new Outcome.Waiting(null, random.nextBoolean() ? UUID.randomUUID() : null);
      }
      case 1 -> {
        failed.add(refund.id());
        yield new Outcome.Failed(null);
      }
      default -> {
        moved.add(refund.id());
        yield new Outcome.Moved();
      }
    };
  }

  /** Now and then, what wallet refused to give back it gives back after all. */
  void correct(Settlement settlement) {
    if (!settlement.charge() && random.nextInt(3) == 0 && failed.remove(settlement.id())) {
      moved.add(settlement.id());
    }
  }
}
