package app.bookings.booking;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** What changed in a booking since it was read or written, and what its holder may ask for. */
final class Unwritten {

  /** Changes of status and events to be told, in their order. */
  final List<Told> told = new ArrayList<>();

  /** Settlements that were added or moved on. */
  final Set<UUID> settlements = new HashSet<>();

  /** Settlements that whoever holds the booking wrote or claimed; others' are left to them. */
  final Set<UUID> ours = new HashSet<>();

  boolean touched;

  /** A change of status, or an event without one ({@code transition} null). */
  record Told(Transition transition, String event, BookingStatus from, String actor, Instant at) {}

  void tell(Transition transition, BookingStatus from, Actor actor, Instant at) {
    told.add(new Told(transition, transition.event(), from, actor.name(), at));
  }

  /** All of it is written now. */
  void clear() {
    told.clear();
    ours.addAll(settlements);
    settlements.clear();
    touched = false;
  }
}
