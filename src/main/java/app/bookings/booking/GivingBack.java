package app.bookings.booking;

import static app.bookings.settlement.SettlementKind.CARD_PAYMENT;
import static app.bookings.settlement.SettlementKind.CARD_REFUND;
import static app.bookings.settlement.SettlementKind.REFUND_REQUEST;
import static app.bookings.settlement.SettlementKind.WALLET_DEBIT;
import static app.bookings.settlement.SettlementState.AWAITING;
import static app.bookings.settlement.SettlementState.DONE;
import static app.bookings.settlement.SettlementState.DUE;
import static app.bookings.settlement.SettlementState.REFUSED;
import static app.bookings.settlement.SettlementState.UNDO_DUE;

import app.bookings.platform.Ids;
import app.bookings.settlement.Occasion;
import app.bookings.settlement.Outcome;
import app.bookings.settlement.PaymentMethod;
import app.bookings.settlement.Settlement;
import app.bookings.settlement.SettlementKind;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Giving back what was taken (domain.md, "Money"). A give-back names the charges that it undoes and
 * its kind follows from them: a wallet's debit and a user's card payment go back by one refund
 * request of wallet, a guest's card payment by the gateway, points and uses of a pass by their own
 * reversal. What a booking has is given back once, whatever ends it and however often.
 */
final class GivingBack {

  /** How often a refund that waits for somebody is asked for, beside its event. */
  private static final Duration ASK_EVERY = Duration.ofMinutes(5);

  private GivingBack() {}

  /** What would go back where, were the booking ended now. */
  static List<GiveBack> preview(Booking booking) {
    return Charges.kept(booking).map(charge -> preview(booking, charge)).toList();
  }

  private static GiveBack preview(Booking booking, Settlement charge) {
    return switch (charge.kind()) {
      case PASS_REDEMPTION -> new GiveBack(PaymentMethod.PASS, new BigDecimal("1.00"));
      case BONUS_DEBIT ->
          new GiveBack(
              PaymentMethod.BONUS,
              charge
                  .amount()
                  .setScale(0, RoundingMode.CEILING)
                  .setScale(2, RoundingMode.UNNECESSARY));
      case CARD_PAYMENT, WALLET_DEBIT ->
          new GiveBack(
              toWallet(booking, charge) ? PaymentMethod.WALLET : PaymentMethod.CARD,
              charge.amount());
      case REFUND_REQUEST, CARD_REFUND ->
          throw new IllegalArgumentException(charge.kind() + " is no charge");
    };
  }

  /**
   * Begins to give everything back. What is on its way is undone; of what was taken, a wallet's
   * debit goes back by a refund request only where the booking was confirmed, else it is reversed.
   *
   * @param confirmed whether the booking was more than a hold
   */
  static void everything(Booking booking, boolean confirmed, Instant now) {
    List<Settlement> refundable =
        Charges.kept(booking)
            .filter(s -> s.kind() == CARD_PAYMENT || (s.kind() == WALLET_DEBIT && confirmed))
            .toList();
    boolean taken = Charges.moneyKept(booking).findAny().isPresent();
    Charges.live(booking)
        .filter(s -> !refundable.contains(s))
        .forEach(s -> undo(booking, s, null, now));
    if (taken) {
      booking.paymentState = PaymentState.REFUND_PENDING;
    }
    refund(booking, refundable, now);
  }

  /** A charge that the booking did not need goes back; the booking stays as paid as it was. */
  static void surplus(Booking booking, Settlement charge, Instant now) {
    PaymentState before = booking.paymentState;
    refund(booking, List.of(charge), now);
    booking.paymentState = before;
  }

  /** To be given back or voided at the neighbour itself, whether or not it ever moved. */
  static void undo(Booking booking, Settlement charge, String reason, Instant now) {
    SettlementRules.replace(booking, charge.moveTo(UNDO_DUE, reason, now), now);
  }

  /**
   * Writes the intent to refund what these charges took. Wallet takes one request a booking; what
   * comes after it is reversed, or goes back through the gateway.
   */
  static void refund(Booking booking, List<Settlement> charges, Instant now) {
    List<Settlement> byRequest =
        booking.settlements.stream().anyMatch(s -> s.kind() == REFUND_REQUEST)
            ? List.of()
            : charges.stream().filter(charge -> toWallet(booking, charge)).toList();
    if (!byRequest.isEmpty()) {
      booking.refundRequestId = begin(booking, REFUND_REQUEST, byRequest, null, now);
    }
    for (Settlement charge : charges) {
      if (byRequest.contains(charge)) {
        continue;
      }
      if (charge.kind() == CARD_PAYMENT) {
        begin(booking, CARD_REFUND, List.of(charge), charge.id(), now);
      } else {
        undo(booking, charge, null, now);
      }
    }
    if (!charges.isEmpty()) {
      booking.paymentState = PaymentState.REFUND_PENDING;
      booking.touch(now);
    }
  }

  /**
   * A debit is the wallet's; a card payment goes to the card where a guest made it, whoever the
   * booking belongs to by now.
   */
  private static boolean toWallet(Booking booking, Settlement charge) {
    boolean byGuest = charge.byGuest() == null ? booking.userId == null : charge.byGuest();
    return charge.kind() == WALLET_DEBIT || !byGuest;
  }

  private static UUID begin(
      Booking booking,
      SettlementKind kind,
      List<Settlement> charges,
      UUID cardPayment,
      Instant now) {
    Settlement refund =
        new Settlement(
            Ids.next(),
            booking.id,
            kind,
            DUE,
            Occasion.GIVE_BACK,
            0,
            booking.settlements.size() + 1,
            Charges.sum(charges),
            null,
            null,
            cardPayment,
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
            null,
            charges.stream().map(Settlement::id).toList(),
            null);
    booking.add(refund);
    return refund.id();
  }

  /** What a neighbour said of a refund; said again, it changes nothing. */
  static void record(Booking booking, Settlement refund, Outcome outcome, Instant now) {
    if (refund.state() == DONE) {
      return;
    }
    if (outcome instanceof Outcome.Moved) {
      // Approved after all, even where it was rejected before: it is wallet's word that counts.
      SettlementRules.replace(booking, refund.moveTo(DONE, null, now), now);
      if (refund.state() == REFUSED && booking.paymentState == PaymentState.REFUND_REJECTED) {
        booking.paymentState = PaymentState.REFUND_PENDING;
      }
      if (Charges.of(booking).anyMatch(c -> c.kind() == WALLET_DEBIT && refund.gives(c))) {
        booking.walletDebited = false;
      }
    } else if (refund.state() == REFUSED) {
      return;
    } else if (outcome instanceof Outcome.Waiting waiting) {
      boolean takenUp = waiting.neighbourId() != null;
      Instant nextAt = takenUp ? now : now.plus(ASK_EVERY);
      SettlementRules.replace(booking, refund.await(null, waiting.neighbourId(), nextAt, now), now);
      if (takenUp) {
        booking.refundRequestId = waiting.neighbourId();
      }
    } else {
      SettlementRules.replace(booking, refund.moveTo(REFUSED, null, now), now);
    }
  }

  /** Ends the giving back once every part of it has an end: refunds, reversals and releases. */
  static void conclude(Booking booking, Actor actor, Instant now) {
    if (booking.paymentState != PaymentState.REFUND_PENDING || open(booking)) {
      return;
    }
    if (booking.settlements.stream().anyMatch(s -> !s.charge() && s.state() == REFUSED)) {
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

  private static boolean open(Booking booking) {
    return booking.settlements.stream()
        .anyMatch(
            s ->
                s.state() == UNDO_DUE
                    || (!s.charge() && (s.state() == DUE || s.state() == AWAITING)));
  }
}
