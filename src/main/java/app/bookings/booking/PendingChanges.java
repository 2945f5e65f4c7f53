package app.bookings.booking;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** What changed in a booking since it was read or written. */
public final class PendingChanges {
  private final List<Change> changes = new ArrayList<>();
  private final Set<UUID> settlements = new HashSet<>();
  private boolean touched;

  PendingChanges() {}

  /** Changes of status and events to be told, in their order. */
  public List<Change> all() {
    return List.copyOf(changes);
  }

  /** Settlements that were added or moved on. */
  public Set<UUID> settlements() {
    return Set.copyOf(settlements);
  }

  /** Whether there is anything to be written. */
  public boolean any() {
    return touched;
  }

  void add(Change change) {
    changes.add(change);
    touched = true;
  }

  void add(UUID settlement) {
    settlements.add(settlement);
    touched = true;
  }

  void touch() {
    touched = true;
  }

  void written() {
    changes.clear();
    settlements.clear();
    touched = false;
  }
}
