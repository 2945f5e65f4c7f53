package app.bookings.faults;

import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * What was seen that must not be. The storm goes on after it, since one finding may hide others.
 */
final class Findings {

  private static final int ENOUGH = 200;

  private final ConcurrentLinkedQueue<String> all = new ConcurrentLinkedQueue<>();

  void add(String what) {
    if (all.size() < ENOUGH) {
      all.add(what);
    }
  }

  List<String> all() {
    return List.copyOf(all);
  }
}
