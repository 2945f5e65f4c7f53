package app.bookings.settlement;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The settlements of one booking, in their order (domain.md, "Money"). A charge that a refund names
 * has been given back, or is on its way: it pays for nothing any more and is never given back
 * again. An instance never changes.
 */
public final class Settlements {

  public static final Settlements NONE = new Settlements(List.of());

  private final List<Settlement> all;

  public Settlements(List<Settlement> all) {
    this.all = List.copyOf(all);
  }

  public List<Settlement> all() {
    return all;
  }

  public Optional<Settlement> find(UUID id) {
    return all.stream().filter(s -> s.id().equals(id)).findFirst();
  }

  /** What takes something from the customer. */
  public Stream<Settlement> charges() {
    return all.stream().filter(Settlement::charge);
  }

  /** What gives money back by a request or through the gateway. */
  public Stream<Settlement> refunds() {
    return all.stream().filter(s -> !s.charge());
  }

  /** Charges that are done or on their way, and not given back. */
  public Stream<Settlement> live() {
    return charges().filter(s -> s.state().live() && !givenBack(s));
  }

  /** Charges that are done, and not given back: what the customer has paid. */
  public Stream<Settlement> kept() {
    return live().filter(s -> s.state() == SettlementState.DONE);
  }

  /** What the customer has paid in money or points. */
  public Stream<Settlement> moneyKept() {
    return kept().filter(s -> s.kind().money());
  }

  /** Whether a refund names it, however that refund stands. */
  private boolean givenBack(Settlement charge) {
    return all.stream().anyMatch(refund -> refund.gives(charge));
  }

  /** The sum of their amounts: money with scale 2. */
  public static BigDecimal sum(Stream<Settlement> settlements) {
    return settlements.map(Settlement::amount).reduce(Money.ZERO, BigDecimal::add);
  }

  /** Whether there is one of this kind, however it stands. */
  public boolean has(SettlementKind kind) {
    return all.stream().anyMatch(s -> s.kind() == kind);
  }

  /** Whether this service still has to ask a neighbour for something. */
  public boolean unfinished() {
    return all.stream().anyMatch(s -> s.state().unfinished());
  }

  /** Whether a charge is being undone. */
  public boolean undoing() {
    return charges().anyMatch(s -> s.state() == SettlementState.UNDO_DUE);
  }

  /** A card payment whose outcome is not known yet, to be asked for before the hold is given up. */
  public Optional<Settlement> openCardPayment() {
    return all.stream()
        .filter(s -> s.kind() == SettlementKind.CARD_PAYMENT && s.awaiting())
        .findFirst();
  }

  /** The settlement that a refund request of wallet stands for, by either id. */
  public Optional<Settlement> refundKnownAs(UUID refundRequest) {
    return refunds().filter(s -> s.idAtNeighbour().equals(refundRequest)).findFirst();
  }

  /** The number of the last attempt at paying; 0 where nothing had to be paid. */
  public int lastAttempt() {
    return all.stream().mapToInt(Settlement::attempt).max().orElse(0);
  }

  /** The place of the next one in the order. */
  public int nextPosition() {
    return all.size() + 1;
  }

  /** What the create was refused for; empty while it runs or when it succeeded. */
  public Optional<DeclineReason> declinedAtOnce() {
    return declined(Occasion.CREATE, 1);
  }

  /** What an attempt at paying was refused for; empty while it runs or when it succeeded. */
  public Optional<DeclineReason> declined(Occasion occasion, int attempt) {
    return charges()
        .filter(s -> s.attempt() == attempt && s.occasion() == occasion)
        .map(Settlement::failureReason)
        .flatMap(reason -> DeclineReason.ofSlug(reason).stream())
        .findFirst();
  }

  /**
   * The next movement to be asked for: what is to be undone, then refunds, then charges in their
   * order, each once the one before it is done. What somebody else wrote or claimed is left to
   * them.
   *
   * @param except those that did not answer just now
   */
  public Optional<Settlement> next(Leases leases, Set<UUID> except) {
    List<Settlement> unfinished =
        all.stream()
            .filter(s -> s.state().unfinished() && leases.hold(s))
            .filter(s -> !except.contains(s.id()))
            .sorted(Comparator.comparingInt(Settlement::position))
            .toList();
    return unfinished.stream()
        .filter(s -> s.state() == SettlementState.UNDO_DUE)
        .findFirst()
        .or(
            () ->
                unfinished.stream()
                    .filter(s -> !s.charge() || (!undoing() && earlierDone(s)))
                    .findFirst());
  }

  private boolean earlierDone(Settlement settlement) {
    return live()
        .filter(s -> s.position() < settlement.position())
        .allMatch(s -> s.state() == SettlementState.DONE);
  }

  /** The same with this one in place of the one with its id, or beside the others. */
  public Settlements with(Settlement settlement) {
    List<Settlement> changed = new ArrayList<>(all);
    changed.replaceAll(s -> s.id().equals(settlement.id()) ? settlement : s);
    if (find(settlement.id()).isEmpty()) {
      changed.add(settlement);
    }
    return new Settlements(changed);
  }

  /** The same with each of them changed. */
  public Settlements each(UnaryOperator<Settlement> change) {
    return new Settlements(all.stream().map(change).toList());
  }
}
