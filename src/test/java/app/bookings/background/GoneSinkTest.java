package app.bookings.background;

import static org.assertj.core.api.Assertions.assertThat;

import app.bookings.testsupport.Books;
import app.bookings.testsupport.Service;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What is meant for a sink that is no longer configured holds nothing up for ever. */
@QuarkusTest
class GoneSinkTest {

  private final Books books = Service.books();

  private UUID undelivered(String sink, int days) {
    UUID id = UUID.randomUUID();
    books.query(
        """
        WITH event AS (
          INSERT INTO bookings.outbox (id, aggregatetype, aggregateid, type, payload, created_at)
          VALUES (?, 'booking', gen_random_uuid(), 'booking.created', '{}',
            now() - make_interval(days => ?))
          RETURNING id, aggregateid, seq, created_at)
        INSERT INTO bookings.outbox_deliveries (sink, event_id, booking_id, seq, due_at)
        SELECT ?, id, aggregateid, seq, created_at FROM event
        """,
        id,
        days,
        sink);
    return id;
  }

  private boolean there(UUID event) {
    List<?> rows =
        books.query(
            """
            SELECT 1 FROM bookings.outbox o
            JOIN bookings.outbox_deliveries d ON d.event_id = o.id WHERE o.id = ?
            """,
            event);
    return !rows.isEmpty();
  }

  @Test
  void deliveriesToAGoneSinkGoWithTheirEventsOnceTheyAreOld() {
    UUID young = undelivered("http://gone.example/a", 6);
    List<UUID> old =
        List.of(
            undelivered("http://gone.example/a", 8),
            undelivered("http://gone.example/b", 9),
            undelivered("http://gone.example/b", 8));
    Awaitility.await()
        .untilAsserted(
            () ->
                assertThat(
                        books.query(
                            "SELECT 1 FROM bookings.outbox WHERE id IN (?, ?, ?)", old.toArray()))
                    .isEmpty());
    assertThat(there(young)).isTrue();
    books.query("DELETE FROM bookings.outbox WHERE id = ?", young);
  }
}
