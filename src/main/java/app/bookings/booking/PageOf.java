package app.bookings.booking;

import app.bookings.database.Database;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * A page of a customer's bookings, latest session first (api.md, "Client").
 *
 * <p>The statement names only what restricts: PostgreSQL plans it without looking at the values,
 * and begins a page deep in a long list at its place in the index instead of reading up to it.
 *
 * @param companyId null for all; likewise sessionId, from, to
 * @param statuses empty for all
 * @param afterStartsAt where the page begins, together with afterId; null for the first
 */
public record PageOf(
    UUID userId,
    UUID companyId,
    UUID sessionId,
    List<BookingStatus> statuses,
    Instant from,
    Instant to,
    Instant afterStartsAt,
    UUID afterId,
    int limit) {

  /** Compares something of booking {@code b} with parameters; left out where they are null. */
  private record Restriction(String comparison, List<Object> parameters) {}

  private List<Restriction> restrictions() {
    List<Restriction> given = new ArrayList<>();
    given.add(new Restriction("b.user_id =", List.of(userId)));
    restrict(given, "b.company_id =", companyId);
    restrict(given, "b.session_id =", sessionId);
    restrict(given, "b.status = ANY", names());
    restrict(given, "b.starts_at >=", Database.utc(from));
    restrict(given, "b.starts_at <", Database.utc(to));
    if (afterId != null) {
      given.add(
          new Restriction("(b.starts_at, b.id) <", List.of(Database.utc(afterStartsAt), afterId)));
    }
    return given;
  }

  private static void restrict(List<Restriction> given, String comparison, Object parameter) {
    if (parameter != null) {
      given.add(new Restriction(comparison, List.of(parameter)));
    }
  }

  private String[] names() {
    return statuses.isEmpty() ? null : statuses.stream().map(Enum::name).toArray(String[]::new);
  }

  /** Appended to {@link BookingRows#SELECT}. */
  String condition() {
    StringBuilder sql = new StringBuilder("WHERE b.deleted_at IS NULL");
    int count = 0;
    for (Restriction restriction : restrictions()) {
      String separator = " (";
      sql.append(" AND ").append(restriction.comparison());
      for (int i = 0; i < restriction.parameters().size(); i++) {
        sql.append(separator).append('$').append(++count);
        separator = ", ";
      }
      sql.append(')');
    }
    return sql.append("\nORDER BY b.starts_at DESC, b.id DESC LIMIT $")
        .append(count + 1)
        .toString();
  }

  Tuple parameters() {
    List<Object> values = new ArrayList<>();
    restrictions().forEach(restriction -> values.addAll(restriction.parameters()));
    values.add(limit);
    return Tuple.from(values);
  }
}
