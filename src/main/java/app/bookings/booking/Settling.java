package app.bookings.booking;

import static app.bookings.booking.SettlementKind.BONUS_DEBIT;
import static app.bookings.booking.SettlementKind.CARD_PAYMENT;
import static app.bookings.booking.SettlementKind.PASS_REDEMPTION;
import static app.bookings.booking.SettlementKind.REFUND_REQUEST;
import static app.bookings.booking.SettlementKind.WALLET_DEBIT;
import static app.bookings.booking.SettlementState.AWAITING;
import static app.bookings.booking.SettlementState.DONE;
import static app.bookings.booking.SettlementState.DUE;
import static app.bookings.booking.SettlementState.REFUSED;
import static app.bookings.booking.SettlementState.UNDONE;
import static app.bookings.booking.SettlementState.UNDO_DUE;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The rules of a booking's settlements: what follows from what a neighbour said (domain.md,
 * "Money"; reliability.md, "How"). Pure: nothing is asked or written here.
 */
final class Settling {

  /** How often a checkout or a refund that waits for somebody is asked for, beside its event. */
  private static final Duration ASK_CHECKOUT_EVERY = Duration.ofMinutes(1);

  private static final Duration ASK_REFUND_EVERY = Duration.ofMinutes(5);

  private Settling() {}

  /** Writes the intent of every movement of a plan. */
  static void begin(
      Booking booking,
      Occasion occasion,
      PaymentPlan plan,
      List<ExtraQuantity> covered,
      String resultUrl,
      Instant expiresAt,
      Instant now) {
    int attempt = booking.settlements.stream().mapToInt(Settlement::attempt).max().orElse(0) + 1;
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
              null);
      booking.add(intent);
      if (kind == CARD_PAYMENT) {
        booking.paymentId = intent.id();
      }
    }
    booking.touch(now);
  }

  /**
   * Notes an outcome and concludes. Says the same however often, and in whatever order, the same
   * things are said: an outcome that the settlement is past is ignored.
   */
  static void record(
      Booking booking,
      UUID settlementId,
      Outcome outcome,
      boolean mayReseat,
      Actor actor,
      Instant now) {
    Settlement settlement = booking.settlement(settlementId).orElseThrow();
    if (settlement.charge()) {
      if (outcome instanceof Outcome.Moved) {
        moved(booking, settlement, mayReseat, actor, now);
      } else if (outcome instanceof Outcome.Waiting waiting) {
        waiting(booking, settlement, waiting, now);
      } else if (outcome instanceof Outcome.Refused refused) {
        refused(booking, settlement, refused.reason(), refused.certain(), now);
      } else if (settlement.state() == UNDO_DUE) {
        undone(booking, settlement, now);
      } else if (settlement.state() != DONE) {
        refused(booking, settlement, refusalOf(settlement.kind()), true, now);
      }
    } else {
      Refunds.record(booking, settlement, outcome, now.plus(ASK_REFUND_EVERY), now);
    }
    conclude(booking, actor, now);
  }

  private static void moved(
      Booking booking, Settlement settlement, boolean mayReseat, Actor actor, Instant now) {
    boolean card = settlement.kind() == CARD_PAYMENT;
    // What is being undone stays so; only a card payment can turn out to have been paid meanwhile.
    if (settlement.state() == DONE || (!settlement.state().live() && !card)) {
      return;
    }
    replace(booking, settlement.moveTo(DONE, null, now), now);
    if (settlement.kind() == WALLET_DEBIT) {
      booking.walletDebited = true;
    } else if (settlement.kind() == BONUS_DEBIT) {
      booking.bonusDebited = true;
    } else if (card) {
      cardPaid(booking, settlement, mayReseat, actor, now);
    }
  }

  private static void cardPaid(
      Booking booking, Settlement settlement, boolean mayReseat, Actor actor, Instant now) {
    if (booking.status.active() && booking.paymentState == PaymentState.PAID) {
      // Paid at the desk meanwhile: this one is too much.
      Refunds.surplus(booking, settlement, now);
      return;
    }
    if (booking.status.active()) {
      // It stands: whatever was begun to replace it is dropped, and it is the one that counts.
      booking.paymentId = settlement.id();
      charges(booking)
          .filter(other -> other.attempt() > settlement.attempt() && other.state().live())
          .forEach(other -> replace(booking, other.moveTo(UNDO_DUE, null, now), now));
      return;
    }
    boolean alone = charges(booking).noneMatch(other -> other.kind() == PASS_REDEMPTION);
    boolean hold = Settlement.HOLD_EXPIRED.equals(settlement.failureReason());
    if (mayReseat && hold && alone && now.isBefore(booking.startsAt)) {
      booking.take(Transition.PAID_AFTER_HOLD_EXPIRED, actor, now);
      Paying.paid(booking, now);
    } else {
      Refunds.request(booking, List.of(settlement), now);
    }
  }

  private static void waiting(
      Booking booking, Settlement settlement, Outcome.Waiting waiting, Instant now) {
    if (settlement.state() != DUE && settlement.state() != AWAITING) {
      return;
    }
    // A hold that has run out is given up by its expiry, which asks once more before it does.
    boolean held = booking.status == BookingStatus.PENDING;
    if (settlement.state() == AWAITING && !held && !now.isBefore(settlement.expiresAt())) {
      replace(booking, settlement.moveTo(UNDO_DUE, null, now), now);
      return;
    }
    Instant askAgainAt = earlier(now.plus(ASK_CHECKOUT_EVERY), settlement.expiresAt());
    replace(
        booking,
        settlement.await(waiting.checkoutUrl(), waiting.neighbourId(), askAgainAt, now),
        now);
  }

  private static void refused(
      Booking booking, Settlement settlement, DeclineReason reason, boolean certain, Instant now) {
    if (settlement.state() == UNDO_DUE && settlement.kind() == CARD_PAYMENT && certain) {
      undone(booking, settlement, now);
      return;
    }
    if (settlement.state() != DUE && settlement.state() != AWAITING) {
      return;
    }
    // A card payment moves once. Anything else may still be on its way from an earlier try, of this
    // call or of a process that died: its id is voided, so that it can never move.
    boolean onlyTry = settlement.tries() <= 1 || settlement.kind() == CARD_PAYMENT;
    SettlementState end = certain && onlyTry ? REFUSED : UNDO_DUE;
    replace(booking, settlement.moveTo(end, reason.slug(), now), now);
    if (settlement.occasion() == Occasion.BILLING) {
      Billing.refused(booking, settlement, now);
    } else if (settlement.occasion() == Occasion.PAY) {
      charges(booking)
          .filter(other -> other.attempt() == settlement.attempt() && other.state().live())
          .forEach(other -> replace(booking, other.moveTo(UNDO_DUE, null, now), now));
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
      Optional<DeclineReason> declined = booking.declined(Occasion.CREATE);
      if (declined.isPresent()) {
        booking.end(Transition.DECLINED, declined.get().slug(), actor, now);
      } else if (paidInFull(booking)) {
        booking.take(Transition.SETTLED, actor, now);
        Paying.paid(booking, now);
      }
    } else if (booking.status.active()) {
      if (booking.paymentState == PaymentState.UNPAID && paidInFull(booking)) {
        Paying.debtPaid(booking, actor, now);
      }
    } else {
      Refunds.conclude(booking, actor, now);
    }
  }

  /** Every movement that is wanted is done, nothing is being undone, and the sum is the total. */
  private static boolean paidInFull(Booking booking) {
    List<Settlement> live = charges(booking).filter(s -> s.state().live()).toList();
    boolean done =
        !live.isEmpty()
            && live.stream().allMatch(s -> s.state() == DONE)
            && charges(booking).noneMatch(s -> s.state() == UNDO_DUE);
    return done
        && (onSiteRemainder(booking)
            || Paying.sum(live).compareTo(Paying.totalWith(booking, live)) == 0);
  }

  /** A pass absorbs a booking that is being made, and what it leaves is paid at the desk. */
  private static boolean onSiteRemainder(Booking booking) {
    return booking.status == BookingStatus.PENDING
        && booking.absorbed()
        && charges(booking).noneMatch(s -> s.kind().money());
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
            .filter(s -> s.state().unfinished() && booking.unwritten.ours.contains(s.id()))
            .filter(s -> !except.contains(s.id()))
            .sorted(Comparator.comparingInt(Settlement::position))
            .toList();
    Optional<Settlement> undo = unfinished.stream().filter(s -> s.state() == UNDO_DUE).findFirst();
    if (undo.isPresent()) {
      return undo;
    }
    boolean blocked = charges(booking).anyMatch(s -> s.state() == UNDO_DUE);
    return unfinished.stream()
        .filter(s -> !s.charge() || (!blocked && earlierDone(booking, s)))
        .findFirst();
  }

  private static boolean earlierDone(Booking booking, Settlement settlement) {
    return charges(booking)
        .filter(s -> s.position() < settlement.position() && s.state().live())
        .allMatch(s -> s.state() == DONE);
  }

  static void replace(Booking booking, Settlement settlement, Instant now) {
    booking.settlements.replaceAll(s -> s.id().equals(settlement.id()) ? settlement : s);
    booking.unwritten.settlements.add(settlement.id());
    booking.touch(now);
  }

  static Stream<Settlement> charges(Booking booking) {
    // A copy, since callers replace while they walk.
    return List.copyOf(booking.settlements).stream().filter(Settlement::charge);
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

  private static Instant earlier(Instant one, Instant other) {
    return other != null && other.isBefore(one) ? other : one;
  }
}
