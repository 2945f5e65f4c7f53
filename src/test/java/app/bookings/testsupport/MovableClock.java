package app.bookings.testsupport;

import app.bookings.platform.Clock;
import io.quarkus.arc.Arc;
import io.quarkus.test.Mock;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.function.Supplier;

/**
 * The system's time, unless a test has moved it for the requests that it makes. Background work
 * keeps the system's time: a lease that it took at a later one would be everybody's for as long. A
 * test that waits for background work, or needs times that never go together, writes them into the
 * rows instead.
 */
@Mock
@ApplicationScoped
public class MovableClock extends Clock {

  private static volatile Instant moved;

  private final CurrentVertxRequest request;

  MovableClock(CurrentVertxRequest request) {
    this.request = request;
  }

  /** What is answered to requests at that time. */
  public static <T> T at(Instant time, Supplier<T> requests) {
    moved = time;
    try {
      return requests.get();
    } finally {
      moved = null;
    }
  }

  @Override
  public Instant now() {
    Instant time = moved;
    return time != null && inARequest() ? time : super.now();
  }

  private boolean inARequest() {
    return Arc.container().requestContext().isActive() && request.getCurrent() != null;
  }
}
