package app.bookings.neighbours;

import io.smallrye.mutiny.Uni;
import java.time.Duration;

/** The time that all calls of one client request have together (BOOKINGS_REQUEST_DEADLINE). */
public final class Deadline {

  private final long endNanos;

  private Deadline(long endNanos) {
    this.endNanos = endNanos;
  }

  public static Deadline in(Duration duration) {
    return new Deadline(System.nanoTime() + duration.toNanos());
  }

  /** What is left; never negative, so that a wait of this length always ends. */
  public Duration left() {
    return Duration.ofNanos(Math.max(1_000_000, endNanos - System.nanoTime()));
  }

  /** The call, or that the neighbour is unavailable once the time is up. For reads only. */
  public <T> Uni<T> within(Neighbour neighbour, Uni<T> call) {
    return Uni.createFrom()
        .deferred(
            () ->
                call.ifNoItem()
                    .after(left())
                    .failWith(
                        () ->
                            new NeighbourUnavailable(
                                neighbour, "no answer before the deadline", null, false)));
  }
}
