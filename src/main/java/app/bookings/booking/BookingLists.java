package app.bookings.booking;

import app.bookings.database.Database;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;

/** Lists of bookings, page by page (api.md, "Client"). */
@ApplicationScoped
public class BookingLists {

  private final Database database;

  BookingLists(Database database) {
    this.database = database;
  }

  /**
   * A page of a customer's bookings, latest session first.
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
      int limit) {}

  /** The bookings of a page. */
  public Uni<List<Booking>> page(PageOf page) {
    return database
        .statement(
            BookingSql.READ + BookingSql.PAGE,
            Tuple.tuple()
                .addValue(page.userId())
                .addValue(page.companyId())
                .addValue(page.sessionId())
                .addValue(page.statuses().stream().map(Enum::name).toArray(String[]::new))
                .addValue(utc(page.from()))
                .addValue(utc(page.to()))
                .addValue(utc(page.afterStartsAt()))
                .addValue(page.afterId())
                .addValue(page.limit()))
        .map(BookingStore::read);
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
  }
}
