package app.bookings.booking;

import static app.bookings.booking.SettlementKind.BONUS_DEBIT;
import static app.bookings.booking.SettlementKind.CARD_PAYMENT;
import static app.bookings.booking.SettlementKind.CARD_REFUND;
import static app.bookings.booking.SettlementKind.REFUND_REQUEST;
import static app.bookings.booking.SettlementKind.WALLET_DEBIT;
import static app.bookings.booking.SettlementState.AWAITING;
import static app.bookings.booking.SettlementState.DONE;
import static app.bookings.booking.SettlementState.DUE;
import static app.bookings.booking.SettlementState.REFUSED;
import static app.bookings.booking.SettlementState.UNDO_DUE;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/** Money on its way back to a wallet or a guest's card (domain.md, "Money", giving back). */
final class Refunds {

  private Refunds() {}

  /**
   * Begins to give everything back: where it came from, and to a wallet only what was confirmed.
   */
  static void giveBack(Booking booking, boolean settled, Transition cause, Instant now) {
    String reason = cause == Transition.HOLD_EXPIRED ? Settlement.HOLD_EXPIRED : null;
    List<Settlement> refundable =
        Settling.charges(booking)
            .filter(s -> s.state() == DONE)
            .filter(s -> s.kind() == CARD_PAYMENT || (s.kind() == WALLET_DEBIT && settled))
            .toList();
    List<Settlement> taken = Settling.charges(booking).filter(Settlement::moneyTaken).toList();
    Settling.charges(booking)
        .filter(s -> s.state().live() && !refundable.contains(s))
        .forEach(
            s ->
                Settling.replace(
                    booking,
                    s.moveTo(UNDO_DUE, s.kind() == CARD_PAYMENT ? reason : null, now),
                    now));
    if (!taken.isEmpty()) {
      booking.paymentState = PaymentState.REFUND_PENDING;
    }
    request(booking, refundable, now);
  }

  /** A charge that the booking did not need goes back; the booking stays paid. */
  static void surplus(Booking booking, Settlement charge, Instant now) {
    request(booking, List.of(charge), now);
    booking.paymentState = PaymentState.PAID;
  }

  /** Writes the intent to refund what these charges took: one request, whatever they were. */
  static void request(Booking booking, List<Settlement> charges, Instant now) {
    if (charges.isEmpty()) {
      return;
    }
    BigDecimal amount = Paying.sum(charges);
    boolean guest = booking.userId == null;
    Settlement refund =
        new Settlement(
            Ids.next(),
            booking.id,
            guest ? CARD_REFUND : REFUND_REQUEST,
            DUE,
            Occasion.GIVE_BACK,
            0,
            booking.settlements.size() + 1,
            amount,
            null,
            null,
            guest ? charges.get(0).idAtNeighbour() : null,
            null,
            null,
            null,
            null,
            null,
            1,
            null,
            null,
            now,
            now,
            null);
    booking.add(refund);
    booking.paymentState = PaymentState.REFUND_PENDING;
    if (!guest) {
      booking.refundRequestId = refund.id();
    }
    booking.touch(now);
  }

  static void record(
      Booking booking, Settlement refund, Outcome outcome, Instant askAgainAt, Instant now) {
    if (refund.state() != DUE && refund.state() != AWAITING) {
      return;
    }
    if (outcome instanceof Outcome.Moved) {
      Settling.replace(booking, refund.moveTo(DONE, null, now), now);
    } else if (outcome instanceof Outcome.Waiting waiting) {
      boolean takenUp = waiting.neighbourId() != null;
      Instant nextAt = takenUp ? now : askAgainAt;
      Settling.replace(booking, refund.await(null, waiting.neighbourId(), nextAt, now), now);
      if (takenUp) {
        booking.refundRequestId = waiting.neighbourId();
      }
    } else {
      Settling.replace(booking, refund.moveTo(REFUSED, null, now), now);
    }
  }

  /** Ends the giving back once every part of it has an end. */
  static void conclude(Booking booking, Actor actor, Instant now) {
    if (booking.paymentState != PaymentState.REFUND_PENDING) {
      return;
    }
    List<Settlement> refunds = booking.settlements.stream().filter(s -> !s.charge()).toList();
    boolean open =
        refunds.stream().anyMatch(s -> s.state() == DUE || s.state() == AWAITING)
            || booking.settlements.stream()
                .anyMatch(s -> s.kind() == BONUS_DEBIT && s.state() == UNDO_DUE);
    if (open) {
      return;
    }
    if (refunds.stream().anyMatch(s -> s.state() == REFUSED)) {
      booking.paymentState = PaymentState.REFUND_REJECTED;
    } else {
      booking.paymentState = PaymentState.REFUNDED;
      booking.walletDebited = false;
      if (Transition.GIVEN_BACK.allowedFrom(booking.status)) {
        booking.take(Transition.GIVEN_BACK, actor, now);
      }
    }
    booking.touch(now);
  }
}
