package app.bookings.http;

import java.util.ArrayList;
import java.util.List;

/**
 * Lists of a request, cut to one more than is allowed as soon as they are read: enough to be
 * refused, and no more work for whoever looks at each element (reliability.md, "Exhaustion").
 */
public final class Bounded {

  private Bounded() {}

  /** The list, or the first of it when it is longer than this many and one; null stays null. */
  public static <T> List<T> list(List<T> list, int most) {
    return list == null || list.size() <= most + 1
        ? list
        : new ArrayList<>(list.subList(0, most + 1));
  }
}
