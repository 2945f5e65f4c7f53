package app.bookings.faults;

import static org.assertj.core.api.Assertions.assertThat;

import app.bookings.testsupport.Books;
import app.bookings.testsupport.Processes;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;

/** What must be true after any blow, once recovery has run (reliability.md, "Invariants"). */
final class Aftermath {

  private Aftermath() {}

  /** Waits for recovery, checks every invariant and every promise, and prints what was seen. */
  static void everythingHolds(Processes processes, Load load, String blows) {
    Books books = processes.books();
    int repairs = books.query("SELECT 1 FROM bookings.settlements WHERE tries > 1").size();
    long faults = processes.neighbours().ledger().getLong("faults");
    processes.neighbours().reset();
    // Checkouts that nobody paid are given up at last.
    books.query("UPDATE bookings.bookings SET hold_expires_at = now() WHERE status = 'PENDING'");
    Awaitility.await()
        .atMost(Duration.ofMinutes(2))
        .pollInterval(Duration.ofMillis(500))
        .untilAsserted(
            () ->
                assertThat(books.query("SELECT 1 FROM bookings.bookings WHERE status = 'PENDING'"))
                    .isEmpty());
    Awaitility.await()
        .atMost(Duration.ofMinutes(2))
        .pollInterval(Duration.ofSeconds(1))
        .untilAsserted(
            () ->
                assertThat(
                        books.disagreements(
                            processes.neighbours().ledger(), load.scene().company::equals))
                    .isEmpty());
    for (Map.Entry<String, String> promise : load.promised().entrySet()) {
      assertThat(
              books.query(
                  "SELECT customer_id FROM bookings.bookings WHERE id = ?::uuid", promise.getKey()))
          .containsExactly(Map.of("customer_id", promise.getValue()));
    }
    System.out.printf(
        "%s, %d customers, %d bookings, %d promised, %d unanswered requests,"
            + " %d answers of 500, %d injected faults, %d settlements repaired%n",
        blows,
        load.asked(),
        books.query("SELECT 1 FROM bookings.bookings").size(),
        load.promised().size(),
        load.unanswered(),
        load.serverErrors(),
        faults,
        repairs);
  }
}
