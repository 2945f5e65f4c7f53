package app.bookings.settlement;

import java.util.Map;
import java.util.Set;

/**
 * Where a movement stands, and what it may become, as data (domain.md, "Money"). A settlement
 * begins DUE, or REFUSED where nobody has to be asked.
 *
 * <pre>
 *   DUE ──► AWAITING ──► DONE          asked ► accepted, decision outstanding ► moved
 *    │          │          │
 *    ├──────────┴► REFUSED │           a definite no; nothing moved
 *    └──────────┴──────────┴► UNDO_DUE ──► UNDONE
 *                                 └──► DONE   a card payment that had succeeded meanwhile
 * </pre>
 *
 * <p>REFUSED and UNDONE are left when a neighbour says afterwards that it moved: no outcome is
 * dropped.
 */
public enum SettlementState {
  /** Intent written: the neighbour is to be asked, with the same id until it answers. */
  DUE,
  AWAITING,
  DONE,
  REFUSED,
  /** To be given back or voided, whether or not it ever moved. */
  UNDO_DUE,
  UNDONE;

  private static final Map<SettlementState, Set<SettlementState>> NEXT =
      Map.of(
          DUE, Set.of(AWAITING, DONE, REFUSED, UNDO_DUE),
          AWAITING, Set.of(AWAITING, DONE, REFUSED, UNDO_DUE),
          DONE, Set.of(UNDO_DUE),
          REFUSED, Set.of(DONE, UNDO_DUE),
          UNDO_DUE, Set.of(UNDONE, DONE),
          UNDONE, Set.of(DONE, UNDO_DUE));

  /** Whether a settlement that stands here may stand there next. */
  public boolean mayBecome(SettlementState next) {
    return NEXT.get(this).contains(next);
  }

  /** This service still has to ask the neighbour for something. */
  public boolean unfinished() {
    return this == DUE || this == UNDO_DUE;
  }

  /** The movement is wanted: done or on its way. */
  public boolean live() {
    return this == DUE || this == AWAITING || this == DONE;
  }
}
