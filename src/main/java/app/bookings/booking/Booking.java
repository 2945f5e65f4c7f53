package app.bookings.booking;

import app.bookings.problem.Problem;
import app.bookings.problem.ProblemType;
import app.bookings.settlement.Leases;
import app.bookings.settlement.Outcome;
import app.bookings.settlement.Settlement;
import app.bookings.settlement.SettlementState;
import app.bookings.settlement.Settlements;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * One customer's reservation of one place in one session, with its extras and its settlements
 * (domain.md, "Domain"). The aggregate: whatever changes it goes through its methods, and nothing
 * else writes its state; it is stored in one statement, guarded by the version. An instance belongs
 * to one pipeline.
 *
 * <p>Rules stand beside it, one class for each matter: {@link SettlementRules} what follows from
 * what a neighbour said, {@link PaymentRules} paying, {@link GivingBack} giving back, {@link
 * Cancellation} when a customer may cancel.
 */
public final class Booking {
  private final UUID id;
  private final Parties parties;
  private SessionSnapshot session;
  private Payment payment;
  private Gate gate;
  private Lifecycle lifecycle;
  private List<BookedExtra> extras;
  private Settlements settlements;
  private final Leases leases;
  private final PendingChanges pending = new PendingChanges();

  private Booking(
      UUID id,
      Parties parties,
      SessionSnapshot session,
      Payment payment,
      Gate gate,
      Lifecycle lifecycle,
      List<BookedExtra> extras,
      Settlements settlements,
      Leases leases) {
    this.id = id;
    this.parties = parties;
    this.session = session;
    this.payment = payment;
    this.gate = gate;
    this.lifecycle = lifecycle;
    this.extras = List.copyOf(extras);
    this.settlements = settlements;
    this.leases = leases;
  }

  /** As it was written before; whoever restores it has claimed nothing of it. */
  public static Booking restore(
      UUID id,
      Parties parties,
      SessionSnapshot session,
      Payment payment,
      Gate gate,
      Lifecycle lifecycle,
      List<BookedExtra> extras,
      Settlements settlements) {
    return new Booking(
        id, parties, session, payment, gate, lifecycle, extras, settlements, Leases.none());
  }

  /**
   * A copy to be changed. A change is made on a copy and the copy is handed on once it is written,
   * so that nobody is ever told of a change that is not: an instance says what is in the database.
   */
  public Booking copy() {
    return new Booking(
        id, parties, session, payment, gate, lifecycle, extras, settlements, leases.copy());
  }

  public UUID id() {
    return id;
  }

  public Parties parties() {
    return parties;
  }

  public SessionSnapshot session() {
    return session;
  }

  public Payment payment() {
    return payment;
  }

  public Gate gate() {
    return gate;
  }

  public Lifecycle lifecycle() {
    return lifecycle;
  }

  public BookingStatus status() {
    return lifecycle.status();
  }

  /** The lines; never changed in place. */
  public List<BookedExtra> extras() {
    return extras;
  }

  public Settlements settlements() {
    return settlements;
  }

  /** What changed since it was read or written. */
  public PendingChanges pending() {
    return pending;
  }

  /** Money or points to be paid: the price unless a pass absorbs it, and the uncovered extras. */
  public BigDecimal total() {
    return ExtraLines.total(payment.method(), payment.price(), extras);
  }

  /** The extras that no pass covers. */
  public BigDecimal extrasTotal() {
    return ExtraLines.uncovered(extras);
  }

  /**
   * Cancels on the customer's behalf and begins to give back what was taken. On a booking that is
   * cancelled already nothing happens.
   *
   * @throws Problem {@code invalid-state} or {@code cancellation-window-closed}
   */
  public void cancel(String reason, Actor actor, Instant now) {
    if (status() == BookingStatus.CANCELLED || status() == BookingStatus.REFUNDED) {
      if (lifecycle.cancelledBy(Transition.HOLD_EXPIRED)) {
        // Whatever becomes of their payment: they do not want the place any more.
        lifecycle = lifecycle.because(Transition.CANCELLED_BY_CUSTOMER, lifecycle.cancelReason());
        touch(now);
      }
      return;
    }
    Optional<Problem> refusal = Cancellation.refusal(this, now);
    if (refusal.isPresent()) {
      throw refusal.get();
    }
    end(Transition.CANCELLED_BY_CUSTOMER, reason, actor, now);
  }

  /**
   * Cancels it whatever the customer wants, and gives everything back: its session or its customer
   * was deleted, or its session was called off. On one that is over already nothing happens.
   */
  public void endBecause(Transition cause, Actor actor, Instant now) {
    if (status().active()) {
      end(cause, cause.cause(), actor, now);
    }
  }

  /** Gives the place up when the hold has run out; a booking that is settled is left alone. */
  public void expire(Instant now) {
    if (lifecycle.holdHasExpired(now)) {
      end(Transition.HOLD_EXPIRED, Transition.HOLD_EXPIRED.cause(), Actor.SERVICE, now);
    }
  }

  /** Notes what a neighbour said and draws all conclusions; see {@link SettlementRules#record}. */
  public void record(UUID settlementId, Outcome outcome, Reseat reseat, Actor actor, Instant now) {
    SettlementRules.record(this, settlementId, outcome, reseat, actor, now);
  }

  /** Draws the conclusions that are due without anybody having been asked. */
  public void conclude(Actor actor, Instant now) {
    SettlementRules.conclude(this, actor, now);
  }

  // Who carries its settlements on, and what is written.

  /** Which of its settlements whoever holds this instance may ask a neighbour for. */
  public Leases leases() {
    return leases;
  }

  /**
   * Leases what is unfinished and has no lease yet to this holder, who is about to write it.
   *
   * @param end when others may carry it on
   * @param trace of whoever begins what is new; null without tracing
   * @return the settlements to be written
   */
  public List<Settlement> lease(Instant end, String trace) {
    settlements = settlements.each(s -> leases.lease(s, end).begunBy(trace));
    return unwritten();
  }

  private List<Settlement> unwritten() {
    Set<UUID> changed = pending.settlements();
    return settlements.all().stream().filter(s -> changed.contains(s.id())).toList();
  }

  /**
   * All that was pending is written now with this version, and what was written is the holder's.
   */
  public void written(long version) {
    unwritten().forEach(leases::wrote);
    lifecycle = lifecycle.written(version);
    pending.written();
  }

  // How rules change it.

  /** Takes a transition, or refuses it with {@code invalid-state}; nothing has changed then. */
  void take(Transition transition, Actor actor, Instant now) {
    if (!transition.allowedFrom(status())) {
      throw invalidState();
    }
    pending.add(new Change(transition, transition.event(), status(), actor, now));
    lifecycle = lifecycle.after(transition, now);
  }

  /** Tells of something that changes no status. */
  void tell(OutboundEvent event, Actor actor, Instant now) {
    pending.add(new Change(null, event, status(), actor, now));
    touch(now);
  }

  void end(Transition transition, String reason, Actor actor, Instant now) {
    boolean confirmed = status() != BookingStatus.PENDING;
    take(transition, actor, now);
    lifecycle = lifecycle.because(transition, reason);
    GivingBack.everything(this, confirmed, now);
  }

  void holdUntil(Instant end) {
    lifecycle = lifecycle.heldUntil(end);
  }

  void becomes(Payment changed, Instant now) {
    payment = changed;
    touch(now);
  }

  void becomes(SessionSnapshot changed, Instant now) {
    session = changed;
    touch(now);
  }

  void becomes(Gate changed, Instant now) {
    gate = changed;
    touch(now);
  }

  void becomes(List<BookedExtra> changed, Instant now) {
    extras = List.copyOf(changed);
    touch(now);
  }

  /** Begins it. */
  void add(Settlement intent, Instant now) {
    leases.wrote(intent);
    replace(intent, now);
  }

  void replace(Settlement settlement, Instant now) {
    settlements = settlements.with(settlement);
    pending.add(settlement.id());
    touch(now);
  }

  /** To be given back or voided at the neighbour itself, whether or not it ever moved. */
  void undo(Settlement charge, Instant now) {
    replace(charge.moveTo(SettlementState.UNDO_DUE, null, now), now);
  }

  Problem invalidState() {
    return Problem.of(
        ProblemType.INVALID_STATE, "A booking that is " + status() + " does not allow this.");
  }

  /** To be written, whatever has changed of it. */
  void touch(Instant now) {
    lifecycle = lifecycle.changedAt(now);
    pending.touch();
  }
}
