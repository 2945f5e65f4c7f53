package app.bookings.platform;

import java.util.UUID;
import java.util.regex.Pattern;

/** Texts as PostgreSQL and UTF-8 can have them, and ids written as texts. */
public final class Text {

  private static final Pattern UUID_FORM =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  private Text() {}

  /** Whether it has neither U+0000 nor half a surrogate pair. */
  public static boolean storable(String text) {
    return text.codePoints().noneMatch(Text::unstorable);
  }

  /**
   * A UUID as RFC 9562 writes it, with 32 digits and four hyphens. The platform's own reader takes
   * {@code 1-1-1-1-1} as well, and Jackson's Base64.
   *
   * @throws IllegalArgumentException when it is none
   */
  public static UUID uuid(String text) {
    if (!UUID_FORM.matcher(text).matches()) {
      throw new IllegalArgumentException("no UUID");
    }
    return UUID.fromString(text);
  }

  private static boolean unstorable(int codePoint) {
    // A surrogate that has its other half is no code point of its own.
    return codePoint == 0
        || (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE);
  }
}
