package app.bookings.settling;

/** The points between which a settlement can be interrupted. */
public enum Step {
  /** The intent is committed; the neighbour is about to be asked. */
  BEFORE_CALL,
  /** The neighbour has answered; the answer is not noted yet. */
  AFTER_CALL,
  /** The answer is noted and the conclusions are written. */
  AFTER_NOTE
}
