package app.bookings.booking;

import static app.bookings.settlement.SettlementState.AWAITING;
import static app.bookings.settlement.SettlementState.DONE;
import static app.bookings.settlement.SettlementState.DUE;
import static app.bookings.settlement.SettlementState.REFUSED;

import app.bookings.booking.GiveBack.Way;
import app.bookings.settlement.Intent;
import app.bookings.settlement.Outcome;
import app.bookings.settlement.Settlement;
import app.bookings.settlement.SettlementKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Giving back what was taken (domain.md, "Money"). A give-back names the charges that it undoes and
 * its kind follows from them: a wallet's debit and a user's card payment go back by one refund
 * request of wallet, a guest's card payment by the gateway, points and uses of a pass by their own
 * reversal. What a booking has is given back once, whatever ends it and however often. What is
 * shown before it happens and what happens are the same calculation.
 */
public final class GivingBack {

  /** How often a refund that waits for somebody is asked for, beside its event. */
  private static final Duration ASK_EVERY = Duration.ofMinutes(5);

  private GivingBack() {}

  /** What would go back where, were the booking ended now. */
  public static List<GiveBack> preview(Booking booking) {
    boolean confirmed = booking.status() != BookingStatus.PENDING;
    return of(booking, booking.settlements().kept().toList(), confirmed);
  }

  /**
   * How each of these charges goes back. Wallet takes one request a booking; what comes after it is
   * reversed, or goes back through the gateway.
   *
   * @param confirmed whether the booking was more than a hold: else a debit is reversed
   */
  private static List<GiveBack> of(Booking booking, List<Settlement> charges, boolean confirmed) {
    boolean requested = booking.settlements().has(SettlementKind.REFUND_REQUEST);
    return charges.stream()
        .map(
            charge ->
                new GiveBack(
                    charge,
                    switch (charge.kind()) {
                      case WALLET_DEBIT ->
                          confirmed && !requested ? Way.REFUND_REQUEST : Way.REVERSAL;
                      case CARD_PAYMENT ->
                          byGuest(booking, charge) || requested
                              ? Way.CARD_REFUND
                              : Way.REFUND_REQUEST;
                      case PASS_REDEMPTION, BONUS_DEBIT -> Way.REVERSAL;
                      case REFUND_REQUEST, CARD_REFUND ->
                          throw new IllegalArgumentException(charge.kind() + " is no charge");
                    }))
        .toList();
  }

  /** A card payment goes to the card where a guest made it, whoever has the booking by now. */
  private static boolean byGuest(Booking booking, Settlement charge) {
    return charge.byGuest() == null ? booking.parties().userId() == null : charge.byGuest();
  }

  /**
   * Begins to give everything back. What is on its way is undone; what was taken goes back as
   * {@link #preview} says.
   *
   * @param confirmed whether the booking was more than a hold
   */
  static void everything(Booking booking, boolean confirmed, Instant now) {
    boolean taken = booking.settlements().moneyKept().findAny().isPresent();
    List<GiveBack> parts = of(booking, booking.settlements().kept().toList(), confirmed);
    booking
        .settlements()
        .live()
        .filter(charge -> charge.state() != DONE)
        .forEach(charge -> booking.undo(charge, now));
    begin(booking, parts, now);
    if (taken) {
      booking.becomes(booking.payment().standing(PaymentState.REFUND_PENDING), now);
    }
  }

  /** A charge that the booking did not need goes back; the booking stays as paid as it was. */
  static void surplus(Booking booking, Settlement charge, Instant now) {
    begin(booking, of(booking, List.of(charge), true), now);
  }

  /** A charge that came too late goes back. */
  static void late(Booking booking, Settlement charge, Instant now) {
    begin(booking, of(booking, List.of(charge), true), now);
    booking.becomes(booking.payment().standing(PaymentState.REFUND_PENDING), now);
  }

  private static void begin(Booking booking, List<GiveBack> parts, Instant now) {
    parts.stream()
        .filter(part -> part.way() == Way.REVERSAL)
        .forEach(part -> booking.undo(part.charge(), now));
    List<Settlement> requested =
        parts.stream()
            .filter(part -> part.way() == Way.REFUND_REQUEST)
            .map(GiveBack::charge)
            .toList();
    Intent intent = Intent.toGiveBack(booking.id(), now);
    if (!requested.isEmpty()) {
      Settlement request =
          intent.refund(
              SettlementKind.REFUND_REQUEST, booking.settlements().nextPosition(), requested);
      booking.add(request, now);
      booking.becomes(booking.payment().refundRequest(request.id()), now);
    }
    parts.stream()
        .filter(part -> part.way() == Way.CARD_REFUND)
        .forEach(
            part ->
                booking.add(
                    intent.refund(
                        SettlementKind.CARD_REFUND,
                        booking.settlements().nextPosition(),
                        List.of(part.charge())),
                    now));
  }

  /** What a neighbour said of a refund; said again, it changes nothing. */
  static void record(Booking booking, Settlement refund, Outcome outcome, Instant now) {
    if (refund.state() == DONE) {
      return;
    }
    if (outcome instanceof Outcome.Moved) {
      approved(booking, refund, now);
    } else if (refund.state() == REFUSED) {
      return;
    } else if (outcome instanceof Outcome.Waiting waiting) {
      boolean takenUp = waiting.neighbourId() != null;
      Instant nextAt = takenUp ? now : now.plus(ASK_EVERY);
      booking.replace(refund.await(null, waiting.neighbourId(), nextAt, now), now);
      if (takenUp) {
        booking.becomes(booking.payment().refundRequest(waiting.neighbourId()), now);
      }
    } else {
      booking.replace(refund.moveTo(REFUSED, null, now), now);
    }
  }

  /** Approved, even if it was rejected before: wallet decides. */
  private static void approved(Booking booking, Settlement refund, Instant now) {
    booking.replace(refund.moveTo(DONE, null, now), now);
    if (refund.state() == REFUSED && booking.payment().state() == PaymentState.REFUND_REJECTED) {
      booking.becomes(booking.payment().standing(PaymentState.REFUND_PENDING), now);
    }
    boolean ofDebit =
        booking
            .settlements()
            .charges()
            .anyMatch(c -> c.kind() == SettlementKind.WALLET_DEBIT && refund.gives(c));
    if (ofDebit) {
      booking.becomes(booking.payment().debited(SettlementKind.WALLET_DEBIT, false), now);
    }
  }

  /** Ends the giving back once every part of it has an end: refunds, reversals and releases. */
  static void conclude(Booking booking, Actor actor, Instant now) {
    if (booking.payment().state() != PaymentState.REFUND_PENDING || open(booking)) {
      return;
    }
    if (booking.settlements().refunds().anyMatch(s -> s.state() == REFUSED)) {
      booking.becomes(booking.payment().standing(PaymentState.REFUND_REJECTED), now);
      return;
    }
    booking.becomes(
        booking
            .payment()
            .standing(PaymentState.REFUNDED)
            .debited(SettlementKind.WALLET_DEBIT, false),
        now);
    if (Transition.GIVEN_BACK.allowedFrom(booking.status())) {
      booking.take(Transition.GIVEN_BACK, actor, now);
    }
  }

  private static boolean open(Booking booking) {
    return booking.settlements().undoing()
        || booking.settlements().refunds().anyMatch(s -> s.state() == DUE || s.state() == AWAITING);
  }
}
