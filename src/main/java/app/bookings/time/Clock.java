package app.bookings.time;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The time, no finer than PostgreSQL keeps it, so that what is written reads back the same. */
@ApplicationScoped
public class Clock {

  public Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.MICROS);
  }
}
