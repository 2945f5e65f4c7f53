package app.bookings.faults;

import app.bookings.testsupport.OtherServices;
import app.bookings.testsupport.Scene;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** The sessions on offer, and what catalog and the others tell of them and of their customers. */
final class Timetable {

  private static final int ON_OFFER = 10;

  /** Enough to fill most sessions, and few enough that most creates find a place. */
  private static final int LOOKS = 15;

  private final Scene scene;
  private final Asking asking;
  private final String serviceToken;
  private final List<Slot> all = new CopyOnWriteArrayList<>();
  private final AtomicReferenceArray<Slot> offer = new AtomicReferenceArray<>(ON_OFFER);

  Timetable(Scene scene, Asking asking, String serviceToken, Random random) {
    this.scene = scene;
    this.asking = asking;
    this.serviceToken = serviceToken;
    for (int i = 0; i < ON_OFFER; i++) {
      put(i, random);
    }
  }

  /** Every other session begins so soon that its gate is open. */
  private void put(int place, Random random) {
    Duration window = Duration.ofHours(place % 2 == 0 ? 1 : 24);
    Instant start =
        Instant.now()
            .truncatedTo(ChronoUnit.SECONDS)
            .plus(place % 2 == 0 ? Duration.ofHours(12) : Duration.ofDays(7));
    int capacity = 2 + random.nextInt(12);
    Scene.Session session =
        scene.session(
            new JsonObject()
                .put("startsAt", start.toString())
                .put("endsAt", start.plus(Duration.ofMinutes(90)).toString())
                .put("cancellationWindowHours", (int) window.toHours())
                .put("capacity", capacity));
    Slot slot = new Slot(session, start, window, capacity);
    all.add(slot);
    offer.set(place, slot);
  }

  List<Slot> all() {
    return all;
  }

  Slot any(Random random) {
    int place = random.nextInt(ON_OFFER);
    Slot slot = offer.get(place);
    if (slot.looks.incrementAndGet() == LOOKS) {
      put(place, random);
    }
    return slot;
  }

  /** Something happens to a session; to one that somebody else is telling of, nothing. */
  void happens(Random random) {
    int place = random.nextInt(ON_OFFER);
    Slot slot = offer.get(place);
    if (!slot.telling.tryLock()) {
      return;
    }
    try {
      switch (random.nextInt(20)) {
        case 0 -> callOff(slot, random);
        case 1, 2 -> {
          callOff(slot, random);
          reopen(slot, random);
        }
        case 3 -> delete(slot, random);
        case 4, 5, 6 -> finish(slot, random);
        case 7, 8, 9, 10, 11 -> changeCapacity(slot, random);
        default -> reschedule(slot, random);
      }
      if (!slot.open() && !slot.reopened) {
        put(place, random);
      }
    } finally {
      slot.telling.unlock();
    }
  }

  private void reschedule(Slot slot, Random random) {
    Instant start = slot.startsAt.plus(Duration.ofMinutes(random.nextInt(120) - 60));
    String end = start.plus(Duration.ofMinutes(90)).toString();
    JsonObject times = new JsonObject().put("startsAt", start.toString()).put("endsAt", end);
    slot.startsAt = start;
    // What was moved after it was told to be over is not over.
    slot.finished = false;
    scene.neighbours.putSession(slot.session.id, times);
    tell("/catalog", "session.rescheduled", about(slot).mergeIn(times), random);
  }

  private void changeCapacity(Slot slot, Random random) {
    changeCapacity(slot, 1 + random.nextInt(14), random);
  }

  /** At last each has the most places it ever had, so that none may have more bookings. */
  void mostPlaces(Random random) {
    all.forEach(slot -> changeCapacity(slot, slot.mostPlaces, random));
  }

  private void changeCapacity(Slot slot, int capacity, Random random) {
    slot.mostPlaces = Math.max(slot.mostPlaces, capacity);
    slot.capacity = capacity;
    JsonObject places = new JsonObject().put("capacity", capacity);
    scene.neighbours.putSession(slot.session.id, places);
    tell("/catalog", "session.capacity-changed", about(slot).mergeIn(places), random);
  }

  /** Nobody moves it meanwhile: who tells later than this, but is noted before it, is the later. */
  void finish(Slot slot, Random random) {
    slot.telling.lock();
    try {
      tell("/catalog", "session.finished", about(slot), random);
      slot.finished = true;
    } finally {
      slot.telling.unlock();
    }
  }

  private void callOff(Slot slot, Random random) {
    slot.callOffAsked = true;
    Instant at = Instant.now();
    JsonObject cancelled = new JsonObject().put("status", "CANCELLED");
    if (random.nextBoolean()) {
      // Catalog's answers may be behind its news, or ahead of it, for a moment.
      scene.neighbours.putSession(slot.session.id, cancelled.copy());
    }
    tell("/catalog", "session.cancelled", about(slot), random);
    scene.neighbours.putSession(slot.session.id, cancelled);
    slot.lastCallOff = at;
    slot.calledOff = true;
  }

  private void reopen(Slot slot, Random random) {
    slot.reopened = true;
    scene.neighbours.putSession(slot.session.id, new JsonObject().put("status", "AVAILABLE"));
    tell("/catalog", "session.reopened", about(slot), random);
  }

  private void delete(Slot slot, Random random) {
    slot.deletionAsked = true;
    tell("/catalog", "session.deleted", about(slot), random);
    slot.deleted = true;
  }

  private static JsonObject about(Slot slot) {
    return new JsonObject().put("sessionId", slot.session.id.toString());
  }

  /** Told until it is taken, and now and then once more. */
  void tell(String source, String type, JsonObject data, Random random) {
    String event =
        OtherServices.event(source, type, data).put("time", Instant.now().toString()).encode();
    Asking.Request request =
        new Asking.Request(
            type,
            "POST",
            "/api/internal/events",
            serviceToken,
            event,
            Map.of("Content-Type", "application/cloudevents+json"),
            Set.of("204"));
    asking.until(request, random);
    if (random.nextInt(4) == 0) {
      asking.until(request, random);
    }
  }
}
