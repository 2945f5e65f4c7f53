package app.bookings.settle;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.Collection;
import java.util.UUID;
import java.util.function.Function;
import org.jboss.logging.Logger;

/** The same work for many bookings: one that fails holds up no other. */
public final class EachBooking {

  private static final Logger LOG = Logger.getLogger(EachBooking.class);

  private EachBooking() {}

  /**
   * Does the work for each, up to so many at once. A failure is logged and left to a later round.
   *
   * @param what names the work in the log
   * @return how many succeeded
   */
  public static Uni<Long> of(
      Collection<UUID> bookingIds, int atOnce, String what, Function<UUID, Uni<?>> work) {
    return Multi.createFrom()
        .iterable(bookingIds)
        .onItem()
        .transformToUni(
            id ->
                Uni.createFrom()
                    .deferred(() -> work.apply(id))
                    .replaceWith(true)
                    .onFailure()
                    .invoke(
                        failure ->
                            LOG.errorf(
                                failure, "Booking %s: %s is left to a later round", id, what))
                    .onFailure()
                    .recoverWithItem(false))
        .merge(atOnce)
        .filter(done -> done)
        .collect()
        .with(java.util.stream.Collectors.counting());
  }
}
