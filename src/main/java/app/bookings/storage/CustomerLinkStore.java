package app.bookings.storage;

import app.bookings.booking.Booking;
import app.bookings.database.Database;
import app.bookings.database.Statement;
import app.bookings.platform.Clock;
import app.bookings.seats.News;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.UUID;

/** Which user is behind a customer (domain.md, "Inbound events", customer.linked). */
@ApplicationScoped
public class CustomerLinkStore {

  private static final Statement LINKED_SINCE =
      Statement.named(
          "customer_links.linked_since",
          """
          SELECT EXISTS (SELECT 1 FROM bookings.customer_links
            WHERE customer_id = $1 AND told_at > $2::timestamptz - %s) AS linked
          """
              .formatted(News.MARGIN_SQL));

  private static final Statement LINK =
      Statement.named(
          "customer_links.link",
          """
          WITH link AS (
            INSERT INTO bookings.customer_links AS l (customer_id, user_id, told_at)
            VALUES ($1, $2, $3)
            ON CONFLICT (customer_id) DO UPDATE
              SET user_id = EXCLUDED.user_id, told_at = EXCLUDED.told_at
              WHERE EXCLUDED.told_at >= l.told_at
            RETURNING customer_id, user_id)
          UPDATE bookings.bookings b
          SET user_id = link.user_id, updated_at = $4, version = b.version + 1
          FROM link
          WHERE b.customer_id = link.customer_id AND b.user_id IS DISTINCT FROM link.user_id
          """);

  private final Database database;
  private final Clock clock;

  CustomerLinkStore(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /**
   * Whether it was told of the booking's customer, since the booking was made, that they have an
   * account.
   */
  public Uni<Boolean> linkedSince(Booking booking) {
    return database
        .read(
            LINKED_SINCE,
            Tuple.of(booking.parties().customerId(), Database.utc(booking.lifecycle().createdAt())))
        .map(rows -> rows.iterator().next().getBoolean("linked"));
  }

  /**
   * A guest signed up: the customer's bookings are the user's from now on, those to come included.
   * What was told later than this stands.
   */
  public Uni<Void> link(UUID customerId, UUID userId, Instant toldAt) {
    return database
        .statement(
            LINK, Tuple.of(customerId, userId, Database.utc(toldAt), Database.utc(clock.now())))
        .replaceWithVoid();
  }
}
