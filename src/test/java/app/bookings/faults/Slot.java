package app.bookings.faults;

import app.bookings.testsupport.Scene;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;

/** A session of the storm, and what was told of it: the model's half of a session. */
final class Slot {

  final Scene.Session session;
  final Duration window;

  /** Held by whoever tells something of it, so that what was told last is known. */
  final ReentrantLock telling = new ReentrantLock();

  /** How many have looked at it; after some it makes way for another. */
  final AtomicInteger looks = new AtomicInteger();

  volatile Instant startsAt;
  volatile Integer capacity;
  volatile int mostPlaces;
  volatile boolean callOffAsked;
  volatile boolean calledOff;
  volatile Instant lastCallOff = Instant.MAX;
  volatile boolean reopened;
  volatile boolean deletionAsked;
  volatile boolean deleted;
  volatile boolean finished;

  Slot(Scene.Session session, Instant startsAt, Duration window, int capacity) {
    this.session = session;
    this.startsAt = startsAt;
    this.window = window;
    this.capacity = capacity;
    this.mostPlaces = capacity;
  }

  /** Whether it takes bookings, as far as anybody was told. */
  boolean open() {
    return !callOffAsked && !deletionAsked;
  }

  boolean mayHaveEnded() {
    return callOffAsked || deletionAsked;
  }

  /** Whether a booking that was answered at this time must be over. */
  boolean mustHaveEnded(Instant answeredAt) {
    // Once it was opened again, only what was there before it was called off is surely over.
    boolean surely = !reopened || (answeredAt != null && answeredAt.isBefore(lastCallOff));
    return deleted || (calledOff && surely);
  }

  @Override
  public String toString() {
    return "session %s (capacity %s, called off %s, reopened %s, deleted %s, finished %s)"
        .formatted(session.id, capacity, calledOff, reopened, deleted, finished);
  }
}
