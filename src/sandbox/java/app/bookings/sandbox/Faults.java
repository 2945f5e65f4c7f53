package app.bookings.sandbox;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Faults that are injected into the neighbours on demand (reliability.md, "Fault model"). */
final class Faults {

  /** What goes wrong, and whether the neighbour did what it was asked before it does. */
  enum Kind {
    ERROR_BEFORE,
    ERROR_AFTER,
    DROP_BEFORE,
    DROP_AFTER,
    DELAY_BEFORE,
    DELAY_AFTER,
    GARBAGE_AFTER,
    /** The answer has other members than it should. */
    ALTERED_AFTER;

    boolean before() {
      return this == ERROR_BEFORE || this == DROP_BEFORE || this == DELAY_BEFORE;
    }
  }

  /**
   * When which fault strikes.
   *
   * @param neighbour which one; null: all
   * @param method HTTP method; null: all
   * @param path a part of the path; null: all
   * @param probability 0 to 1
   * @param status of an ERROR
   * @param delayMillis of a DELAY
   * @param members of an ALTERED answer
   * @param body of GARBAGE
   * @param left how often it strikes yet
   */
  record Rule(
      String neighbour,
      String method,
      String path,
      Kind kind,
      double probability,
      int status,
      long delayMillis,
      JsonObject members,
      String body,
      AtomicInteger left) {

    static Rule of(JsonObject json) {
      return new Rule(
          json.getString("neighbour"),
          json.getString("method"),
          json.getString("path"),
          Kind.valueOf(json.getString("kind")),
          json.getDouble("probability", 1.0),
          json.getInteger("status", 500),
          json.getLong("delayMillis", 0L),
          json.getJsonObject("members", new JsonObject()),
          json.getString("body", "{\"state\": 7, <"),
          new AtomicInteger(json.getInteger("times", Integer.MAX_VALUE)));
    }

    boolean strikes(String neighbourAsked, String methodAsked, String pathAsked) {
      return (neighbour == null || neighbour.equals(neighbourAsked))
          && (method == null || method.equals(methodAsked))
          && (path == null || pathAsked.contains(path))
          && ThreadLocalRandom.current().nextDouble() < probability
          && left.getAndUpdate(n -> Math.max(0, n - 1)) > 0;
    }
  }

  private final List<Rule> rules = new CopyOnWriteArrayList<>();
  private final AtomicLong struck = new AtomicLong();

  void add(JsonObject rule) {
    rules.add(Rule.of(rule));
  }

  void clear() {
    rules.clear();
  }

  long struck() {
    return struck.get();
  }

  Optional<Rule> strike(String neighbour, String method, String path) {
    Optional<Rule> rule =
        rules.stream().filter(r -> r.strikes(neighbour, method, path)).findFirst();
    rule.ifPresent(r -> struck.incrementAndGet());
    return rule;
  }
}
