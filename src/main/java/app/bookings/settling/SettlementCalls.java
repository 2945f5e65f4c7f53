package app.bookings.settling;

import app.bookings.booking.Booking;
import app.bookings.neighbours.Companies;
import app.bookings.neighbours.Passes;
import app.bookings.neighbours.Payments;
import app.bookings.neighbours.Wallet;
import app.bookings.settlement.Money;
import app.bookings.settlement.Outcome;
import app.bookings.settlement.Settlement;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Which neighbour is asked for which settlement, and how. */
@ApplicationScoped
class SettlementCalls {

  private final Companies companies;
  private final Passes passes;
  private final Wallet wallet;
  private final Payments payments;

  SettlementCalls(Companies companies, Passes passes, Wallet wallet, Payments payments) {
    this.companies = companies;
    this.passes = passes;
    this.wallet = wallet;
    this.payments = payments;
  }

  /** Asks for what the settlement is due: the movement, its undoing, or how it stands. */
  Uni<Outcome> ask(Booking booking, Settlement settlement) {
    return switch (settlement.state()) {
      case DUE -> make(booking, settlement);
      case UNDO_DUE -> undo(booking, settlement);
      case AWAITING -> inquire(booking, settlement);
      case DONE, REFUSED, UNDONE ->
          throw new IllegalArgumentException("Nothing is due for " + settlement.id());
    };
  }

  private Uni<Outcome> make(Booking booking, Settlement settlement) {
    return switch (settlement.kind()) {
      case PASS_REDEMPTION ->
          passes.redeem(
              settlement.id(),
              settlement.entitlementId(),
              booking.parties().customerId(),
              booking.id());
      case WALLET_DEBIT ->
          wallet.debit(
              settlement.id(),
              booking.parties().customerId(),
              settlement.amount(),
              booking.payment().currency(),
              booking.id());
      case BONUS_DEBIT ->
          companies.debitBonus(
              settlement.id(),
              booking.parties().customerId(),
              Money.points(settlement.amount()),
              booking.id());
      case CARD_PAYMENT -> payments.start(booking, settlement);
      case REFUND_REQUEST ->
          wallet.requestRefund(
              settlement.id(),
              booking.parties().customerId(),
              settlement.amount(),
              booking.payment().currency(),
              booking.id());
      case CARD_REFUND ->
          payments.refund(settlement.id(), settlement.paymentId(), settlement.amount());
    };
  }

  private Uni<Outcome> undo(Booking booking, Settlement settlement) {
    return switch (settlement.kind()) {
      case PASS_REDEMPTION -> passes.release(settlement.id());
      case WALLET_DEBIT -> wallet.reverse(settlement.id());
      case BONUS_DEBIT -> companies.giveBackBonus(settlement.id());
      case CARD_PAYMENT -> payments.cancel(booking, settlement);
      case REFUND_REQUEST, CARD_REFUND ->
          throw new IllegalArgumentException("A refund is not undone: " + settlement.id());
    };
  }

  /** How a movement stands that somebody else decides on. */
  Uni<Outcome> inquire(Booking booking, Settlement settlement) {
    return switch (settlement.kind()) {
      case CARD_PAYMENT -> payments.payment(booking, settlement);
      case REFUND_REQUEST ->
          wallet.refundRequest(settlement.idAtNeighbour(), settlement.amount(), booking.id());
      // Payments tells how a refund stands when it is asked for again.
      case CARD_REFUND -> make(booking, settlement);
      case PASS_REDEMPTION, WALLET_DEBIT, BONUS_DEBIT ->
          throw new IllegalArgumentException("Nobody else decides on " + settlement.id());
    };
  }
}
