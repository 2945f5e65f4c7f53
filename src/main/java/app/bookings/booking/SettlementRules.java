package app.bookings.booking;

import static app.bookings.settlement.SettlementKind.BONUS_DEBIT;
import static app.bookings.settlement.SettlementKind.CARD_PAYMENT;
import static app.bookings.settlement.SettlementKind.PASS_REDEMPTION;
import static app.bookings.settlement.SettlementKind.WALLET_DEBIT;
import static app.bookings.settlement.SettlementState.AWAITING;
import static app.bookings.settlement.SettlementState.DONE;
import static app.bookings.settlement.SettlementState.DUE;
import static app.bookings.settlement.SettlementState.REFUSED;
import static app.bookings.settlement.SettlementState.UNDONE;
import static app.bookings.settlement.SettlementState.UNDO_DUE;

import app.bookings.platform.Ids;
import app.bookings.settlement.Checkout;
import app.bookings.settlement.DeclineReason;
import app.bookings.settlement.ExtraQuantity;
import app.bookings.settlement.Occasion;
import app.bookings.settlement.Outcome;
import app.bookings.settlement.Settlement;
import app.bookings.settlement.SettlementKind;
import app.bookings.settlement.SettlementState;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The rules of a booking's settlements: what follows from what a neighbour said (domain.md,
 * "Money"; reliability.md, "How"). Pure: nothing is asked or written here.
 */
final class SettlementRules {

  private SettlementRules() {}

  /** Writes the intent of every movement of a plan. */
  static void begin(
      Booking booking,
      Occasion occasion,
      PaymentPlan plan,
      List<ExtraQuantity> covered,
      String resultUrl,
      Instant expiresAt,
      Actor payer,
      Instant now) {
    int attempt = booking.lastAttempt() + 1;
    for (SettlementKind kind : plan.charges()) {
      boolean pass = kind == PASS_REDEMPTION;
      // Coverage found no pass: the redemption is refused before anybody is asked.
      boolean hopeless = pass && plan.entitlementId() == null;
      Settlement intent =
          new Settlement(
              Ids.next(),
              booking.id,
              kind,
              hopeless ? REFUSED : DUE,
              occasion,
              attempt,
              booking.settlements.size() + 1,
              pass ? new BigDecimal("0.00") : plan.total(),
              pass ? plan.entitlementId() : null,
              pass && !covered.isEmpty() ? covered : null,
              null,
              null,
              kind == CARD_PAYMENT ? resultUrl : null,
              null,
              kind == CARD_PAYMENT ? expiresAt : null,
              hopeless ? DeclineReason.ENTITLEMENT_NOT_USABLE.slug() : null,
              1,
              null,
              null,
              now,
              now,
              null,
              null,
              payer.equals(Actor.GUEST));
      booking.add(intent);
      if (kind == CARD_PAYMENT) {
        booking.paymentId = intent.id();
      }
    }
    booking.touch(now);
  }

  /**
   * Notes an outcome and concludes. Says the same however often, and in whatever order, the same
   * things are said. No outcome is dropped: what moved and is not wanted is given back, whatever
   * its state says (reliability.md, "Who may write what a neighbour said").
   */
  static void record(
      Booking booking,
      UUID settlementId,
      Outcome outcome,
      Reseat reseat,
      Actor actor,
      Instant now) {
    Settlement settlement = booking.settlement(settlementId).orElseThrow();
    if (!settlement.charge()) {
      GivingBack.record(booking, settlement, outcome, now);
    } else if (outcome instanceof Outcome.Moved) {
      moved(booking, settlement, reseat, actor, now);
    } else if (outcome instanceof Outcome.Waiting waiting) {
      waiting(booking, settlement, waiting, now);
    } else if (outcome instanceof Outcome.Refused refused) {
      boolean traceless = refused.onlyTry() && settlement.tries() <= 1;
      // Anything else may still be on its way from an earlier try, of this call, of somebody who
      // lost the claim or of a process that died: its id is voided, so that it can never move.
      refused(booking, settlement, refused.reason(), traceless ? REFUSED : UNDO_DUE, now);
    } else if (settlement.state() == UNDO_DUE) {
      undone(booking, settlement, now);
    } else if (outcome instanceof Outcome.Failed failed) {
      refused(booking, settlement, failed.reason(), REFUSED, now);
    } else {
      refused(booking, settlement, refusalOf(settlement.kind()), REFUSED, now);
    }
    conclude(booking, actor, now);
  }

  private static void moved(
      Booking booking, Settlement settlement, Reseat reseat, Actor actor, Instant now) {
    boolean wanted = settlement.state().live() && booking.status.active();
    boolean card = settlement.kind() == CARD_PAYMENT;
    if (settlement.state() == DONE || (settlement.state() == UNDO_DUE && !card)) {
      return;
    }
    if (settlement.kind() == WALLET_DEBIT) {
      booking.walletDebited = true;
    } else if (settlement.kind() == BONUS_DEBIT) {
      booking.bonusDebited = true;
    }
    if (card) {
      // Only this one can't be reversed: once paid it stands, or it is refunded.
      Settlement paid = settlement.moveTo(DONE, null, now);
      replace(booking, paid, now);
      CardPaid.conclude(booking, paid, reseat, actor, now);
    } else if (wanted) {
      replace(booking, settlement.moveTo(DONE, null, now), now);
    } else {
      GivingBack.undo(booking, settlement, null, now);
    }
  }

  private static void waiting(
      Booking booking, Settlement settlement, Outcome.Waiting waiting, Instant now) {
    if (settlement.state() == REFUSED || settlement.state() == UNDONE) {
      // A checkout was opened by whoever asked before it was refused: nobody is to pay it.
      GivingBack.undo(booking, settlement, null, now);
      return;
    }
    if (settlement.state() != DUE && settlement.state() != AWAITING) {
      return;
    }
    // A hold that has run out is given up by its expiry.
    boolean held = booking.status == BookingStatus.PENDING;
    if (settlement.state() == AWAITING && !held && !now.isBefore(settlement.expiresAt())) {
      GivingBack.undo(booking, settlement, null, now);
      return;
    }
    replace(
        booking,
        settlement.await(
            waiting.checkoutUrl(),
            waiting.neighbourId(),
            Checkout.askAgainAt(settlement, held, now),
            now),
        now);
  }

  private static void refused(
      Booking booking,
      Settlement settlement,
      DeclineReason reason,
      SettlementState end,
      Instant now) {
    if (settlement.state() != DUE && settlement.state() != AWAITING) {
      return;
    }
    replace(booking, settlement.moveTo(end, reason.slug(), now), now);
    if (settlement.occasion() == Occasion.BILLING) {
      BillingRules.refused(booking, settlement, now);
    } else if (settlement.occasion() == Occasion.PAY) {
      Charges.live(booking)
          .filter(other -> other.attempt() == settlement.attempt())
          .forEach(other -> GivingBack.undo(booking, other, null, now));
    }
  }

  private static void undone(Booking booking, Settlement settlement, Instant now) {
    replace(booking, settlement.moveTo(UNDONE, null, now), now);
    if (settlement.kind() == WALLET_DEBIT) {
      booking.walletDebited = false;
    } else if (settlement.kind() == BONUS_DEBIT) {
      booking.bonusDebited = false;
    }
  }

  /** What follows for the booking from where its settlements stand. */
  static void conclude(Booking booking, Actor actor, Instant now) {
    if (booking.status == BookingStatus.PENDING) {
      Optional<DeclineReason> declined = booking.declinedAtOnce();
      if (declined.isPresent()) {
        booking.end(Transition.DECLINED, declined.get().slug(), actor, now);
      } else if (paidInFull(booking)) {
        booking.take(Transition.SETTLED, actor, now);
        PaymentRules.paid(booking, now);
      }
    } else if (booking.status.active()) {
      if (booking.paymentState == PaymentState.UNPAID && paidInFull(booking)) {
        PaymentRules.debtPaid(booking, actor, now);
      }
    } else {
      GivingBack.conclude(booking, actor, now);
    }
  }

  /** Every movement that is wanted is done, nothing is being undone, and the sum is the total. */
  private static boolean paidInFull(Booking booking) {
    List<Settlement> live = Charges.live(booking).toList();
    boolean done =
        !live.isEmpty()
            && live.stream().allMatch(s -> s.state() == DONE)
            && Charges.of(booking).noneMatch(s -> s.state() == UNDO_DUE);
    return done
        && (onSiteRemainder(booking)
            || Charges.sum(live).compareTo(PaymentRules.totalWith(booking, live)) == 0);
  }

  /** A pass absorbs a booking that is being made, and what it leaves is paid at the desk. */
  private static boolean onSiteRemainder(Booking booking) {
    return booking.status == BookingStatus.PENDING
        && booking.absorbed()
        && Charges.live(booking).noneMatch(s -> s.kind().money());
  }

  /**
   * The next movement to be asked for: what is to be undone, then refunds, then charges in their
   * order, each once the one before it is done. What somebody else wrote or claimed is left to
   * them.
   *
   * @param except those that did not answer just now
   */
  static Optional<Settlement> next(Booking booking, Set<UUID> except) {
    List<Settlement> unfinished =
        booking.settlements.stream()
            .filter(s -> s.state().unfinished() && booking.unwritten.holds(s))
            .filter(s -> !except.contains(s.id()))
            .sorted(Comparator.comparingInt(Settlement::position))
            .toList();
    Optional<Settlement> undo = unfinished.stream().filter(s -> s.state() == UNDO_DUE).findFirst();
    if (undo.isPresent()) {
      return undo;
    }
    boolean blocked = Charges.of(booking).anyMatch(s -> s.state() == UNDO_DUE);
    return unfinished.stream()
        .filter(s -> !s.charge() || (!blocked && earlierDone(booking, s)))
        .findFirst();
  }

  private static boolean earlierDone(Booking booking, Settlement settlement) {
    return Charges.live(booking)
        .filter(s -> s.position() < settlement.position())
        .allMatch(s -> s.state() == DONE);
  }

  static void replace(Booking booking, Settlement settlement, Instant now) {
    booking.settlements.replaceAll(s -> s.id().equals(settlement.id()) ? settlement : s);
    booking.unwritten.settlements.add(settlement.id());
    booking.touch(now);
  }

  private static DeclineReason refusalOf(SettlementKind kind) {
    return switch (kind) {
      case WALLET_DEBIT -> DeclineReason.INSUFFICIENT_FUNDS;
      case BONUS_DEBIT -> DeclineReason.INSUFFICIENT_BONUS;
      case PASS_REDEMPTION -> DeclineReason.ENTITLEMENT_NOT_USABLE;
      case CARD_PAYMENT -> DeclineReason.PAYMENT_FAILED;
      case REFUND_REQUEST, CARD_REFUND ->
          throw new IllegalArgumentException(kind + " is no charge");
    };
  }
}
