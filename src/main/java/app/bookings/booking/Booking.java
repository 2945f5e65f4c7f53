package app.bookings.booking;

import app.bookings.problem.Problem;
import app.bookings.problem.ProblemType;
import app.bookings.settlement.DeclineReason;
import app.bookings.settlement.ExtraQuantity;
import app.bookings.settlement.Occasion;
import app.bookings.settlement.Outcome;
import app.bookings.settlement.PaymentMethod;
import app.bookings.settlement.Settlement;
import app.bookings.settlement.SettlementKind;
import app.bookings.settlement.SettlementState;
import com.fasterxml.jackson.annotation.JsonIgnore;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * One customer's reservation of one place in one session, with its extras and its settlements
 * (domain.md). The aggregate: whatever changes it goes through its methods and is written by {@link
 * BookingStore} in one statement, guarded by the version. An instance belongs to one pipeline.
 *
 * <p>{@link SettlementRules} holds the rules of money.
 */
public final class Booking extends BookingColumns {
  List<BookedExtra> extras = new ArrayList<>();
  List<Settlement> settlements = new ArrayList<>();

  @JsonIgnore final PendingChanges unwritten = new PendingChanges();

  Booking() {}

  /** Takes a transition, or refuses it with {@code invalid-state}; nothing has changed then. */
  void take(Transition transition, Actor actor, Instant now) {
    if (!transition.allowedFrom(status)) {
      throw invalidState();
    }
    unwritten.tell(transition, status, actor, now);
    status = transition.to();
    holdExpiresAt = null;
    if (status == BookingStatus.CANCELLED) {
      cancelledAt = now;
    } else if (status.active()) {
      cancelledAt = null;
      cancelReason = null;
      cancelCause = null;
    }
    touch(now);
  }

  void add(Settlement intent) {
    settlements.add(intent);
    unwritten.settlements.add(intent.id());
    unwritten.ours.put(intent.id(), intent.tries());
  }

  /** Whoever holds this instance has made these claims, by settlement, and may ask for them. */
  public void claimed(Map<UUID, Integer> claims) {
    unwritten.ours.putAll(claims);
  }

  /** Whether the claim of a settlement is still this holder's. */
  public boolean holds(Settlement settlement) {
    return unwritten.holds(settlement);
  }

  void touch(Instant now) {
    updatedAt = now;
    unwritten.touched = true;
  }

  Problem invalidState() {
    return Problem.of(
        ProblemType.INVALID_STATE, "A booking that is " + status + " does not allow this.");
  }

  /**
   * Cancels on the customer's behalf and begins to give back what was taken. On a booking that is
   * cancelled already nothing happens.
   *
   * @throws Problem {@code invalid-state} or {@code cancellation-window-closed}
   */
  public void cancel(String reason, Actor actor, Instant now) {
    if (status == BookingStatus.CANCELLED || status == BookingStatus.REFUNDED) {
      if (Transition.HOLD_EXPIRED.name().equals(cancelCause)) {
        // Whatever becomes of their payment: they do not want the place any more.
        cancelCause = Transition.CANCELLED_BY_CUSTOMER.name();
        touch(now);
      }
      return;
    }
    refusalToCancel(now)
        .ifPresent(
            refusal -> {
              throw refusal;
            });
    end(Transition.CANCELLED_BY_CUSTOMER, reason, actor, now);
  }

  /** Why the customer may not cancel now; empty when they may. */
  public Optional<Problem> refusalToCancel(Instant now) {
    return Cancellation.refusal(this, now);
  }

  /** What would go back where, were it cancelled now. */
  public List<GiveBack> toGiveBack() {
    return GivingBack.preview(this);
  }

  /**
   * Cancels it whatever the customer wants, and gives everything back: its session or its customer
   * is no more. On one that is over already nothing happens.
   */
  public void endBecause(Transition cause, Actor actor, Instant now) {
    if (status.active()) {
      end(cause, cause.cause(), actor, now);
    }
  }

  /** Gives the place up when the hold has run out; a booking that is settled is left alone. */
  public void expire(Instant now) {
    if (holdHasExpired(now)) {
      end(Transition.HOLD_EXPIRED, Transition.HOLD_EXPIRED.cause(), Actor.SERVICE, now);
    }
  }

  public boolean holdHasExpired(Instant now) {
    return status == BookingStatus.PENDING && !now.isBefore(holdExpiresAt);
  }

  void end(Transition transition, String reason, Actor actor, Instant now) {
    boolean confirmed = status != BookingStatus.PENDING;
    take(transition, actor, now);
    cancelReason = reason;
    cancelCause = transition.name();
    GivingBack.everything(this, confirmed, now);
  }

  /** Notes what a neighbour said and draws all conclusions; see {@link SettlementRules#record}. */
  public void record(UUID settlementId, Outcome outcome, Reseat reseat, Actor actor, Instant now) {
    SettlementRules.record(this, settlementId, outcome, reseat, actor, now);
  }

  /** Draws the conclusions that are due without anybody having been asked. */
  public void conclude(Actor actor, Instant now) {
    SettlementRules.conclude(this, actor, now);
  }

  /** Begins an attempt at paying it; see {@link PaymentRules}. */
  public void pay(
      PaymentPlan plan,
      List<ExtraQuantity> covered,
      String resultUrl,
      Instant expiresAt,
      Actor payer,
      Instant now) {
    PaymentRules.begin(this, plan, covered, resultUrl, expiresAt, payer, now);
  }

  /** Why it can't be paid now; empty when it can (api.md, "Client", pay). */
  public Optional<Problem> refusalToPay(Instant now) {
    return PaymentRules.refusal(this, now);
  }

  /**
   * The next movement somebody of ours has to ask a neighbour for; see {@link
   * SettlementRules#next}.
   */
  public Optional<Settlement> nextMovement(Set<UUID> except) {
    return SettlementRules.next(this, except);
  }

  public Optional<Settlement> settlement(UUID settlementId) {
    return settlements.stream().filter(s -> s.id().equals(settlementId)).findFirst();
  }

  /** The refusal of a payment, as the caller gets it. */
  public Problem declineOf(DeclineReason reason) {
    return Problem.of(
            ProblemType.PAYMENT_DECLINED, "The payment was refused: " + reason.slug() + ".")
        .with("reason", reason.slug())
        .with("bookingId", id);
  }

  /** Whether a pass absorbs the price. */
  public boolean absorbed() {
    return paymentMethod == PaymentMethod.PASS;
  }

  /** The settlement that a refund request of wallet stands for, by either id. */
  public Optional<Settlement> refundKnownAs(UUID refundRequest) {
    return settlements.stream()
        .filter(s -> !s.charge() && s.idAtNeighbour().equals(refundRequest))
        .findFirst();
  }

  /** A card payment whose outcome is not known yet, to be asked for before the hold is given up. */
  public Optional<Settlement> openCardPayment() {
    return settlements.stream()
        .filter(
            s -> s.kind() == SettlementKind.CARD_PAYMENT && s.state() == SettlementState.AWAITING)
        .findFirst();
  }

  /** What the create was refused for; empty while it runs or when it succeeded. */
  public Optional<DeclineReason> declinedAtOnce() {
    return PaymentRules.declined(this, Occasion.CREATE, 1);
  }

  /** What this attempt at paying was refused for; empty while it runs or when it succeeded. */
  public Optional<DeclineReason> declined(int attempt) {
    return PaymentRules.declined(this, Occasion.PAY, attempt);
  }

  /** The number of the last attempt at paying it; 0 where nothing had to be paid. */
  public int lastAttempt() {
    return settlements.stream().mapToInt(Settlement::attempt).max().orElse(0);
  }

  /** A copy to be changed: what it was copied from goes on saying what is written. */
  Booking copy() {
    return BookingCopy.of(this);
  }

  /** Whether the customer has nothing to wait for but themselves or somebody at wallet. */
  public boolean settling() {
    return settlements.stream().anyMatch(s -> s.state().unfinished());
  }

  /** Money or points to be paid: the price unless a pass absorbs it, and the uncovered extras. */
  public BigDecimal total() {
    return ExtraLines.total(paymentMethod, price, extras);
  }

  /** The extras that no pass covers. */
  public BigDecimal extrasTotal() {
    return ExtraLines.uncovered(extras);
  }

  /** The lines; a copy. */
  public List<BookedExtra> extras() {
    return List.copyOf(extras);
  }

  public List<ExtraQuantity> extraQuantities() {
    return extras.stream().map(e -> new ExtraQuantity(e.extraId(), e.quantity())).toList();
  }
}
