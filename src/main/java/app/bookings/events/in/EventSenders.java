package app.bookings.events.in;

import app.bookings.platform.BookingsConfig;
import app.bookings.problem.Problem;
import app.bookings.problem.ProblemType;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Who may send for whom (reliability.md, "Who may write what a neighbour said"). Without {@code
 * BOOKINGS_EVENT_SENDERS} any internal caller may send anything, and what moves money or hands
 * bookings over is then held against its owner's word.
 */
@Startup
@ApplicationScoped
public class EventSenders {

  /** Whose news an event is, by the first part of its type (events.md, "Inbound"). */
  private static final Map<String, String> OWNERS =
      Map.of(
          "session", "/catalog",
          "customer", "/companies",
          "entitlement", "/passes",
          "wallet", "/wallet",
          "refund", "/wallet",
          "payment", "/payments",
          "scanner-credential", "/scanner");

  /** Sources by the subject of the sender's token. */
  private final Map<String, Set<String>> senders = new HashMap<>();

  EventSenders(BookingsConfig config) {
    for (String each : config.eventSenders().orElse(List.of())) {
      String pair = each.strip();
      int equals = pair.lastIndexOf("=/");
      if (equals < 1) {
        throw new IllegalStateException(
            "BOOKINGS_EVENT_SENDERS: pairs such as payments-service=/payments are needed");
      }
      senders
          .computeIfAbsent(pair.substring(0, equals), subject -> new HashSet<>())
          .add(pair.substring(equals + 1));
    }
  }

  /** Passes, or fails with {@code forbidden}, where senders are configured. */
  public void check(String subject, CloudEvent event) {
    if (senders.isEmpty()) {
      return;
    }
    boolean allowed = senders.getOrDefault(subject, Set.of()).contains(event.source());
    String owner = OWNERS.get(event.type().replaceAll("\\..*", ""));
    if (!allowed || (owner != null && !owner.equals(event.source()))) {
      throw Problem.of(ProblemType.FORBIDDEN, "The token may not send this event for this source.");
    }
  }

  /** Whether what has passed the check is the owner's own word, so that nobody has to be asked. */
  boolean believed() {
    return !senders.isEmpty();
  }
}
