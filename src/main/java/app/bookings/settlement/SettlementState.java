package app.bookings.settlement;

/**
 * Where a movement stands.
 *
 * <pre>
 *   DUE ──► AWAITING ──► DONE          asked ► accepted, decision outstanding ► moved
 *    │          │          │
 *    ├──────────┴► REFUSED │           a definite no; nothing moved
 *    └──────────┴──────────┴► UNDO_DUE ──► UNDONE
 *                                 └──► DONE   a card payment that had succeeded meanwhile
 * </pre>
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

  /** Somebody of ours still has to ask the neighbour for something. */
  public boolean unfinished() {
    return this == DUE || this == UNDO_DUE;
  }

  /** The movement is wanted: done or on its way. */
  public boolean live() {
    return this == DUE || this == AWAITING || this == DONE;
  }
}
