package app.bookings.booking;

import app.bookings.database.Database;
import app.bookings.time.Clock;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.ZoneOffset;
import java.util.UUID;

/** Which user is behind a customer (domain.md, "Inbound events", customer.linked). */
@ApplicationScoped
public class CustomerLinks {

  private final Database database;
  private final Clock clock;

  CustomerLinks(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /** A guest signed up: the customer's bookings are the user's from now on. */
  public Uni<Void> link(UUID customerId, UUID userId) {
    return database
        .statement(
            """
            UPDATE bookings.bookings SET user_id = $2, updated_at = $3, version = version + 1
            WHERE customer_id = $1 AND user_id IS DISTINCT FROM $2
            """,
            Tuple.of(customerId, userId, clock.now().atOffset(ZoneOffset.UTC)))
        .replaceWithVoid();
  }
}
