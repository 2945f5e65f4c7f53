package app.bookings.faults;

import app.bookings.testsupport.Books;
import app.bookings.testsupport.Neighbours;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Holds what the service has written, and the neighbours' ledgers, against the model. */
final class ModelComparison {

  private static final String ROWS =
      """
      SELECT id, session_id, customer_id, user_id, status, payment_state, payment_method, source,
        cancel_reason, extract(epoch FROM starts_at)::bigint AS starts,
        extract(epoch FROM cancellation_deadline)::bigint AS deadline
      FROM bookings.bookings WHERE company_id = ?
      """;

  private static final String UNFINISHED =
      """
      SELECT 'booking ' || id || ' is pending' AS what FROM bookings.bookings
        WHERE status = 'PENDING'
      UNION ALL SELECT 'booking ' || id || ' is not purged' FROM bookings.bookings
        WHERE deleted_at IS NOT NULL
      UNION ALL SELECT subject || ' ' || subject_id || ': ' || cause || ' goes on'
        FROM bookings.endings WHERE due_at IS NOT NULL
      """;

  private final Books books;
  private final Neighbours neighbours;
  private final UUID company;
  private final Collection<Order> orders;

  ModelComparison(Books books, Neighbours neighbours, UUID company, Collection<Order> orders) {
    this.books = books;
    this.neighbours = neighbours;
    this.company = company;
    this.orders = orders;
  }

  /** What is wrong now; while something is under way that may be a lot. */
  List<String> wrong() {
    List<String> wrong = new ArrayList<>();
    books.query(UNFINISHED).forEach(row -> wrong.add("unfinished: " + row.get("what")));
    Map<String, Map<String, String>> rows = new HashMap<>();
    books.query(ROWS, company).forEach(row -> rows.put(row.get("id"), row));
    Set<String> known = new HashSet<>();
    for (Order order : orders) {
      if (order.bookingId != null) {
        if (!known.add(order.bookingId)) {
          wrong.add("a booking of two orders: " + order);
        }
        Map<String, String> row = rows.get(order.bookingId);
        String what = order.wrongWith(row);
        if (what != null) {
          wrong.add("%s: %s, %s\n%s".formatted(what, row, order, books.story(order.bookingId)));
        }
      }
    }
    rows.values().stream()
        .filter(row -> !known.contains(row.get("id")))
        .filter(row -> !explained(row))
        .forEach(row -> wrong.add("nobody asked for it: " + row + books.story(row.get("id"))));
    wrong.addAll(books.disagreements(neighbours.ledger(), company::equals));
    wrong.addAll(books.movedForNobody(neighbours.ledger()));
    wrong.addAll(Chains.broken(books));
    return wrong;
  }

  /** Whether it may be of an order whose answer was lost. */
  private boolean explained(Map<String, String> row) {
    boolean active = Order.active(row.get("status"));
    return orders.stream()
        .filter(order -> order.bookingId == null && order.mayExist)
        .filter(order -> order.slot.session.id.toString().equals(row.get("session_id")))
        .filter(
            order ->
                order.person.id == null
                    || order.person.id.toString().equals(row.get("customer_id")))
        .anyMatch(order -> !active || !order.mustBeOver());
  }
}
