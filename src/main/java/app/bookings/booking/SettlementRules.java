package app.bookings.booking;

import static app.bookings.settlement.SettlementKind.CARD_PAYMENT;
import static app.bookings.settlement.SettlementKind.PASS_REDEMPTION;
import static app.bookings.settlement.SettlementState.AWAITING;
import static app.bookings.settlement.SettlementState.DONE;
import static app.bookings.settlement.SettlementState.DUE;
import static app.bookings.settlement.SettlementState.REFUSED;
import static app.bookings.settlement.SettlementState.UNDONE;
import static app.bookings.settlement.SettlementState.UNDO_DUE;

import app.bookings.settlement.Checkout;
import app.bookings.settlement.DeclineReason;
import app.bookings.settlement.ExtraQuantity;
import app.bookings.settlement.Intent;
import app.bookings.settlement.Occasion;
import app.bookings.settlement.Outcome;
import app.bookings.settlement.Settlement;
import app.bookings.settlement.SettlementKind;
import app.bookings.settlement.SettlementState;
import app.bookings.settlement.Settlements;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
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
    Intent intent =
        new Intent(booking.id(), occasion, booking.settlements().lastAttempt() + 1, now);
    boolean byGuest = payer.equals(Actor.GUEST);
    for (SettlementKind kind : plan.charges()) {
      int position = booking.settlements().nextPosition();
      Settlement charge =
          kind == PASS_REDEMPTION
              ? intent.pass(position, plan.entitlementId(), covered, byGuest)
              : intent.charge(kind, position, plan.total(), resultUrl, expiresAt, byGuest);
      booking.add(charge, now);
      if (kind == CARD_PAYMENT) {
        booking.becomes(booking.payment().cardPayment(charge.id()), now);
      }
    }
    // Where nothing has to move it is written nevertheless: the attempt was made.
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
    Settlement settlement = booking.settlements().find(settlementId).orElseThrow();
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
      refused(booking, settlement, settlement.kind().refusal(), REFUSED, now);
    }
    conclude(booking, actor, now);
  }

  private static void moved(
      Booking booking, Settlement settlement, Reseat reseat, Actor actor, Instant now) {
    boolean wanted = settlement.state().live() && booking.status().active();
    boolean card = settlement.kind() == CARD_PAYMENT;
    if (settlement.state() == DONE || (settlement.state() == UNDO_DUE && !card)) {
      return;
    }
    booking.becomes(booking.payment().debited(settlement.kind(), true), now);
    if (card) {
      // Only this one can't be reversed: once paid it stands, or it is refunded.
      Settlement paid = settlement.moveTo(DONE, null, now);
      booking.replace(paid, now);
      CardPaid.conclude(booking, paid, reseat, actor, now);
    } else if (wanted) {
      booking.replace(settlement.moveTo(DONE, null, now), now);
    } else {
      booking.undo(settlement, now);
    }
  }

  private static void waiting(
      Booking booking, Settlement settlement, Outcome.Waiting waiting, Instant now) {
    if (settlement.state() == REFUSED || settlement.state() == UNDONE) {
      // A checkout was opened by whoever asked before it was refused: nobody is to pay it.
      booking.undo(settlement, now);
      return;
    }
    if (settlement.state() != DUE && settlement.state() != AWAITING) {
      return;
    }
    // A hold that has run out is given up by its expiry.
    boolean held = booking.status() == BookingStatus.PENDING;
    if (settlement.state() == AWAITING && !held && !now.isBefore(settlement.expiresAt())) {
      booking.undo(settlement, now);
      return;
    }
    Instant askAgainAt = Checkout.askAgainAt(settlement, held, now);
    booking.replace(
        settlement.await(waiting.checkoutUrl(), waiting.neighbourId(), askAgainAt, now), now);
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
    booking.replace(settlement.moveTo(end, reason.slug(), now), now);
    if (settlement.occasion() == Occasion.BILLING) {
      BillingRules.refused(booking, settlement, now);
    } else if (settlement.occasion() == Occasion.PAY) {
      booking
          .settlements()
          .live()
          .filter(other -> other.attempt() == settlement.attempt())
          .forEach(other -> booking.undo(other, now));
    }
  }

  private static void undone(Booking booking, Settlement settlement, Instant now) {
    booking.replace(settlement.moveTo(UNDONE, null, now), now);
    booking.becomes(booking.payment().debited(settlement.kind(), false), now);
  }

  /** What follows for the booking from where its settlements stand. */
  static void conclude(Booking booking, Actor actor, Instant now) {
    if (booking.status() == BookingStatus.PENDING) {
      Optional<DeclineReason> declined = booking.settlements().declinedAtOnce();
      if (declined.isPresent()) {
        booking.end(Transition.DECLINED, declined.get().slug(), actor, now);
      } else if (paidInFull(booking)) {
        booking.take(Transition.SETTLED, actor, now);
        PaymentRules.paid(booking, now);
      }
    } else if (booking.status().active()) {
      if (booking.payment().state() == PaymentState.UNPAID && paidInFull(booking)) {
        PaymentRules.debtPaid(booking, actor, now);
      }
    } else {
      GivingBack.conclude(booking, actor, now);
    }
  }

  /** Every movement that is wanted is done, nothing is being undone, and the sum is the total. */
  private static boolean paidInFull(Booking booking) {
    List<Settlement> live = booking.settlements().live().toList();
    boolean done =
        !live.isEmpty()
            && live.stream().allMatch(s -> s.state() == DONE)
            && !booking.settlements().undoing();
    return done
        && (onSiteRemainder(booking, live)
            || Settlements.sum(live.stream()).compareTo(PaymentRules.totalWith(booking, live))
                == 0);
  }

  /** A pass absorbs a booking that is being made, and what it leaves is paid at the desk. */
  private static boolean onSiteRemainder(Booking booking, List<Settlement> live) {
    return booking.status() == BookingStatus.PENDING
        && booking.payment().absorbed()
        && live.stream().noneMatch(s -> s.kind().money());
  }
}
