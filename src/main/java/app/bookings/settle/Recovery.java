package app.bookings.settle;

import app.bookings.BookingsConfig;
import io.quarkus.arc.All;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Looks for unfinished work once every recovery interval and carries it on. Every replica does;
 * they share the work by claims. Each kind of work has rounds of its own, so that a neighbour that
 * does not answer holds up no expiry.
 */
@ApplicationScoped
class Recovery {

  private static final Logger LOG = Logger.getLogger(Recovery.class);

  private final List<UnfinishedWork> kinds;
  private final BookingsConfig config;
  private final Vertx vertx;
  private volatile boolean stopped;

  Recovery(@All List<UnfinishedWork> kinds, BookingsConfig config, Vertx vertx) {
    this.kinds = kinds;
    this.config = config;
    this.vertx = vertx;
  }

  void start(@Observes StartupEvent event) {
    kinds.forEach(this::scheduleNext);
  }

  /** Begins nothing more; what is claimed and not finished in time is another replica's. */
  void stop(@Observes ShutdownEvent event) {
    stopped = true;
  }

  private void scheduleNext(UnfinishedWork work) {
    if (!stopped) {
      vertx.setTimer(config.recoveryInterval().toMillis(), timer -> round(work));
    }
  }

  private void round(UnfinishedWork work) {
    if (stopped) {
      return;
    }
    Uni.createFrom()
        .deferred(work::carryOn)
        .subscribe()
        .with(
            done -> scheduleNext(work),
            failure -> {
              LOG.errorf(failure, "%s: a round failed, the next one tries again", work);
              scheduleNext(work);
            });
  }
}
