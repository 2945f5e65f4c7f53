package app.bookings.neighbours;

import app.bookings.platform.Text;

/**
 * What contracts say of values beside their types. An answer is made of records whose constructors
 * ask this; where it throws, there is no answer (see {@link ResponseReader#read}).
 */
public final class Contract {

  private static final int LONGEST_TEXT = 2000;

  private Contract() {}

  /**
   * Something that must be so.
   *
   * @throws IllegalArgumentException when it is not
   */
  public static void holds(boolean condition) {
    if (!condition) {
      throw new IllegalArgumentException("an answer that its contract does not have");
    }
  }

  /**
   * A name or a title, which is shown to people and stored.
   *
   * @throws IllegalArgumentException when it is not there, too long, or can't be stored
   */
  public static String text(String text) {
    holds(text != null && text.length() <= LONGEST_TEXT && Text.storable(text));
    return text;
  }
}
