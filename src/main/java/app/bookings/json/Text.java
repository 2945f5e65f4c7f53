package app.bookings.json;

/** Texts as PostgreSQL and UTF-8 can have them. */
public final class Text {

  private Text() {}

  /** Whether it has neither U+0000 nor half a surrogate pair. */
  public static boolean storable(String text) {
    return text.codePoints().noneMatch(Text::unstorable);
  }

  private static boolean unstorable(int codePoint) {
    // A surrogate that has its other half is no code point of its own.
    return codePoint == 0
        || (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE);
  }
}
