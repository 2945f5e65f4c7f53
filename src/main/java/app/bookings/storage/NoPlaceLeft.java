package app.bookings.storage;

/** A booking that wanted its place again can't have it. */
public final class NoPlaceLeft extends RuntimeException {

  private static final long serialVersionUID = 1;

  NoPlaceLeft() {
    super("No place is left to be taken again", null, false, false);
  }
}
