package app.bookings.background;

import app.bookings.platform.LogContext;
import app.bookings.platform.Outage;
import app.bookings.problem.Failures;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jboss.logging.Logger;

/** The same work for many bookings: one that fails holds up no other. */
public final class ForEachBooking {

  private static final Logger LOG = Logger.getLogger(ForEachBooking.class);
  private static final Map<String, Outage> OUTAGES = new ConcurrentHashMap<>();

  private ForEachBooking() {}

  /**
   * Does the work for each, up to so many at once, each in a context of its own. A failure is left
   * to a later round; the log tells of it once per outage.
   *
   * @param what names the work in the log; one of a few
   * @return how many succeeded
   */
  public static Uni<Long> of(
      Collection<UUID> bookingIds, int atOnce, String what, Function<UUID, Uni<?>> work) {
    Outage outage = OUTAGES.computeIfAbsent(what, name -> new Outage(LOG, "Bookings: " + name));
    return Multi.createFrom()
        .iterable(bookingIds)
        .onItem()
        .transformToUni(
            id ->
                LogContext.of(
                        id,
                        what,
                        () ->
                            work.apply(id)
                                .invoke(outage::worked)
                                .replaceWith(true)
                                .onFailure()
                                .invoke(failure -> Failures.tell(outage, failure)))
                    .onFailure()
                    .recoverWithItem(false))
        .merge(atOnce)
        .filter(done -> done)
        .collect()
        .with(java.util.stream.Collectors.counting());
  }
}
