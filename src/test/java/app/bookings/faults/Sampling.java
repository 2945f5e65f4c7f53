package app.bookings.faults;

import app.bookings.testsupport.Books;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** Counts active bookings again and again: never more than the places ever told of. */
final class Sampling implements Runnable {

  private static final String ACTIVE =
      """
      SELECT session_id, count(*) AS active FROM bookings.bookings
      WHERE status IN ('PENDING', 'CONFIRMED', 'CHECKED_IN', 'PENDING_PAYMENT') GROUP BY session_id
      """;

  private final Books books;
  private final Timetable timetable;
  private final Tally tally;
  private final Findings findings;
  private final BooleanSupplier on;

  Sampling(Books books, Timetable timetable, Tally tally, Findings findings, BooleanSupplier on) {
    this.books = books;
    this.timetable = timetable;
    this.tally = tally;
    this.findings = findings;
    this.on = on;
  }

  @Override
  public void run() {
    while (on.getAsBoolean()) {
      Moment.in(100);
      try {
        for (Map<String, String> row : books.query(ACTIVE)) {
          count(row);
        }
        tally.count("samples of seats");
      } catch (IllegalStateException unreachable) {
        // The database is being restarted.
        tally.count("samples missed");
      }
    }
  }

  private void count(Map<String, String> row) {
    long active = Long.parseLong(row.get("active"));
    timetable.all().stream()
        .filter(slot -> slot.session.id.toString().equals(row.get("session_id")))
        .filter(slot -> active > slot.mostPlaces)
        .forEach(
            slot ->
                findings.add(
                    "%d active bookings, but never more than %d places: %s"
                        .formatted(active, slot.mostPlaces, slot)));
  }
}
