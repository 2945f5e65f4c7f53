package app.bookings.background;

import app.bookings.platform.LogContext;
import app.bookings.platform.Outage;
import app.bookings.problem.Failures;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.Collection;
import java.util.List;
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
   * @return how many succeeded; never fails
   */
  public static Uni<Integer> of(
      Collection<UUID> bookingIds, int atOnce, String what, Function<UUID, Uni<?>> work) {
    return of(
            bookingIds, Function.identity(), atOnce, what, work, id -> Uni.createFrom().voidItem())
        .map(List::size);
  }

  /**
   * The same for what stands for bookings.
   *
   * @param afterFailure what to do about one whose work failed
   * @return those that succeeded; fails where {@code afterFailure} does
   */
  static <T> Uni<List<T>> of(
      Collection<T> all,
      Function<T, UUID> bookingId,
      int atOnce,
      String what,
      Function<T, Uni<?>> work,
      Function<T, Uni<Void>> afterFailure) {
    Outage outage = OUTAGES.computeIfAbsent(what, name -> new Outage(LOG, "Bookings: " + name));
    return Multi.createFrom()
        .iterable(all)
        .onItem()
        .transformToUni(
            one ->
                LogContext.of(
                    bookingId.apply(one),
                    what,
                    () ->
                        Uni.createFrom()
                            .deferred(() -> work.apply(one))
                            .invoke(outage::worked)
                            .replaceWith(one)
                            .onFailure()
                            .recoverWithUni(
                                failure -> {
                                  Failures.tell(outage, failure);
                                  return afterFailure.apply(one).replaceWith((T) null);
                                })))
        // What ends with null is left out.
        .merge(atOnce)
        .collect()
        .asList();
  }
}
