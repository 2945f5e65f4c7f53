package app.bookings.faults;

import app.bookings.testsupport.Books;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Each booking's history and its events in the order of the outbox, those of purged bookings too:
 * each change begins where the last one ended, and both tell the same.
 */
final class Chains {

  private static final String HISTORY =
      """
      SELECT booking_id AS id, from_status AS from, to_status AS to
      FROM bookings.booking_status_history ORDER BY booking_id, at, id
      """;

  private static final String EVENTS =
      """
      SELECT aggregateid AS id, payload ->> 'previousStatus' AS from, payload ->> 'status' AS to
      FROM bookings.outbox WHERE aggregatetype = 'booking' ORDER BY aggregateid, seq
      """;

  private Chains() {}

  static List<String> broken(Books books) {
    List<String> wrong = new ArrayList<>();
    List<Map<String, String>> history = books.query(HISTORY);
    List<Map<String, String>> events = books.query(EVENTS);
    unlinked("history", history, wrong);
    unlinked("outbox", events, wrong);
    List<Map<String, String>> changes =
        events.stream().filter(e -> !Objects.equals(e.get("from"), e.get("to"))).toList();
    history.stream()
        .filter(change -> !changes.contains(change))
        .forEach(change -> wrong.add("in the history and not in the outbox: " + change));
    changes.stream()
        .filter(change -> !history.contains(change))
        .forEach(change -> wrong.add("in the outbox and not in the history: " + change));
    if (wrong.isEmpty() && history.size() != changes.size()) {
      wrong.add(history.size() + " changes in the history, in the outbox " + changes.size());
    }
    return wrong;
  }

  private static void unlinked(
      String where, List<Map<String, String>> changes, List<String> wrong) {
    String id = null;
    String status = null;
    for (Map<String, String> change : changes) {
      if (!change.get("id").equals(id)) {
        id = change.get("id");
        status = null;
      }
      if (!Objects.equals(status, change.get("from"))) {
        wrong.add("%s: after %s comes %s".formatted(where, status, change));
      }
      status = change.get("to");
    }
  }
}
