package app.bookings.faults;

import app.bookings.testsupport.Bookings.Answer;
import app.bookings.testsupport.Processes;
import java.net.ConnectException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Asks whichever replica, again and again where that is harmless, until an answer is definite. What
 * an answer claims (reliability.md, "What an answer may claim") is taken at its word: the model is
 * built on it.
 */
final class Asking {

  private static final int REPLICAS = 2;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** A defect that lasts longer is not waited for. */
  private static final Duration DEFECT = Duration.ofSeconds(15);

  private final Processes processes;
  private final Tally tally;
  private final Findings findings;
  private final Set<Request> defects = ConcurrentHashMap.newKeySet();

  Asking(Processes processes, Tally tally, Findings findings) {
    this.processes = processes;
    this.tally = tally;
    this.findings = findings;
  }

  /**
   * A request.
   *
   * @param name what it is, for the tally
   * @param expected the outcomes that the specification has for it, such as {@code 409
   *     session-full}
   */
  record Request(
      String name,
      String method,
      String path,
      String token,
      String body,
      Map<String, String> headers,
      Set<String> expected) {

    /** The same, when its booking may have been deleted and forgotten. */
    Request orGone() {
      Set<String> more = new HashSet<>(expected);
      more.add("404 booking-not-found");
      return new Request(name, method, path, token, body, headers, more);
    }

    @Override
    public String toString() {
      return "%s %s %s %s".formatted(method, path, headers, body);
    }
  }

  /**
   * What came of it.
   *
   * @param answer the last one; null when there was none
   * @param mayHaveHappened whether an earlier try, or this one, may have had an effect
   */
  record Asked(Answer answer, boolean mayHaveHappened) {

    boolean is(String... outcomes) {
      return answer != null && Set.of(outcomes).contains(answer.outcome());
    }

    boolean done() {
      return answer != null && answer.status() < 300;
    }

    /** A 4xx: the service has said no. */
    boolean refused() {
      return answer != null && answer.status() >= 400 && answer.status() < 500;
    }
  }

  /** Repeated until the answer is definite. */
  Asked until(Request request, Random random) {
    return ask(request, random, PATIENCE, 0);
  }

  /** The same, but whoever was told that nothing was written may leave it at that. */
  Asked untilTired(Request request, Random random) {
    return ask(request, random, PATIENCE, 0.2);
  }

  /** Asked once, whatever comes. */
  Asked once(Request request, Random random) {
    return ask(request, random, Duration.ZERO, 0);
  }

  private Asked ask(Request request, Random random, Duration patience, double tired) {
    long end = System.nanoTime() + patience.toNanos();
    boolean happened = false;
    while (true) {
      Answer answer = null;
      try {
        answer = send(request, random.nextInt(REPLICAS));
      } catch (CompletionException died) {
        tally.count("unanswered");
        happened |= !(died.getCause() instanceof ConnectException);
      }
      if (answer != null) {
        if (definite(request, answer)) {
          return new Asked(answer, happened || answer.status() < 300);
        }
        boolean defect = answer.status() >= 500 && answer.status() != 503;
        happened |= defect || answer.slug().equals("outcome-unknown");
        end = defect ? Math.min(end, System.nanoTime() + DEFECT.toNanos()) : end;
        if (!happened && answer.status() == 503 && random.nextDouble() < tired) {
          return new Asked(answer, false);
        }
      }
      if (System.nanoTime() > end) {
        if (!patience.isZero() && !defects.contains(request)) {
          findings.add("No definite answer in %s: %s".formatted(patience, request));
        }
        return new Asked(answer, happened);
      }
      Moment.in(100 + random.nextInt(300));
    }
  }

  private Answer send(Request request, int replica) {
    return processes
        .bookings(replica)
        .send(request.method(), request.path(), request.token(), request.body(), request.headers());
  }

  private boolean definite(Request request, Answer answer) {
    String outcome = answer.outcome();
    tally.count(request.name() + " " + outcome);
    if (outcome.equals("503 upstream-unavailable") || outcome.equals("503 outcome-unknown")) {
      return false;
    }
    if (outcome.equals("409 request-in-progress")) {
      return false;
    }
    if (answer.status() >= 500) {
      // A defect, and no answer: it may pass, and what went on as if it had would find it again.
      if (defects.add(request)) {
        findings.add("%s answered %s: %s".formatted(request, outcome, answer.http().body()));
      }
      return false;
    }
    if (!request.expected().contains(outcome)) {
      findings.add("%s answered %s: %s".formatted(request, outcome, answer.http().body()));
    }
    return true;
  }
}
