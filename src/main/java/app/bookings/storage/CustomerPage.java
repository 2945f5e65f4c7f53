package app.bookings.storage;

import app.bookings.booking.BookingStatus;
import app.bookings.database.Database;
import app.bookings.database.Statement;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Instant;
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
public record CustomerPage(
    UUID userId,
    UUID companyId,
    UUID sessionId,
    List<BookingStatus> statuses,
    Instant from,
    Instant to,
    Instant afterStartsAt,
    UUID afterId,
    int limit) {

  private static final Statement.Family PAGE = Statement.family("bookings.page");

  /** A statement and its parameters. */
  record Selection(Statement statement, Tuple parameters) {}

  Selection selection() {
    StringBuilder sql =
        new StringBuilder(BookingColumns.SELECT).append("WHERE b.deleted_at IS NULL");
    Tuple parameters = Tuple.tuple();
    restrict(sql, parameters, "b.user_id =", userId);
    restrict(sql, parameters, "b.company_id =", companyId);
    restrict(sql, parameters, "b.session_id =", sessionId);
    restrict(sql, parameters, "b.status = ANY", (Object) names());
    restrict(sql, parameters, "b.starts_at >=", Database.utc(from));
    restrict(sql, parameters, "b.starts_at <", Database.utc(to));
    restrict(sql, parameters, "(b.starts_at, b.id) <", Database.utc(afterStartsAt), afterId);
    parameters.addValue(limit);
    sql.append("\nORDER BY b.starts_at DESC, b.id DESC LIMIT $").append(parameters.size());
    return new Selection(PAGE.of(sql.toString()), parameters);
  }

  private String[] names() {
    return statuses.isEmpty() ? null : statuses.stream().map(Enum::name).toArray(String[]::new);
  }

  /** Compares something of booking {@code b} with parameters; not where they are null. */
  private static void restrict(
      StringBuilder sql, Tuple parameters, String comparison, Object... with) {
    if (with[0] == null) {
      return;
    }
    sql.append(" AND ").append(comparison);
    String separator = " (";
    for (Object parameter : with) {
      parameters.addValue(parameter);
      sql.append(separator).append('$').append(parameters.size());
      separator = ", ";
    }
    sql.append(')');
  }
}
