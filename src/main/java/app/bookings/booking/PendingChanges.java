package app.bookings.booking;

import app.bookings.settlement.Settlement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** What changed in a booking since it was read or written, and what its holder may ask for. */
final class PendingChanges {

  /** Changes of status and events to be told, in their order. */
  final List<Told> told = new ArrayList<>();

  /** Settlements that were added or moved on. */
  final Set<UUID> settlements = new HashSet<>();

  /**
   * Settlements that whoever holds the booking wrote or claimed, with the number of the claim:
   * others' are left to them, and one that was claimed since is another's.
   */
  final Map<UUID, Integer> ours = new HashMap<>();

  boolean touched;

  /** A change of status, or an event without one ({@code transition} null). */
  record Told(Transition transition, String event, BookingStatus from, String actor, Instant at) {}

  void tell(Transition transition, BookingStatus from, Actor actor, Instant at) {
    told.add(new Told(transition, transition.event(), from, actor.name(), at));
  }

  boolean holds(Settlement settlement) {
    return Integer.valueOf(settlement.tries()).equals(ours.get(settlement.id()));
  }

  /** All of it is written now, and what was written of these is held. */
  void clear(List<Settlement> all) {
    told.clear();
    all.stream()
        .filter(s -> settlements.contains(s.id()))
        .forEach(s -> ours.put(s.id(), s.tries()));
    settlements.clear();
    touched = false;
  }
}
