package app.bookings.background;

import app.bookings.platform.BookingsConfig;
import app.bookings.platform.Outage;
import app.bookings.problem.Failures;
import io.quarkus.arc.All;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * Looks for unfinished work once every recovery interval and carries it on. Every replica does;
 * they share the work by claims. Each kind of work has rounds of its own, so that a neighbour that
 * does not answer holds up no expiry.
 */
@ApplicationScoped
public class BackgroundLoop {

  private static final Logger LOG = Logger.getLogger(BackgroundLoop.class);

  /** A round that hangs is cut off, and tried again. */
  private static final Duration LONGEST_ROUND = Duration.ofSeconds(25);

  private static final Duration STANDING = Duration.ofSeconds(30);

  private final Map<BackgroundWork, Long> beats = new ConcurrentHashMap<>();
  private final List<BackgroundWork> kinds;
  private final BookingsConfig config;
  private final Vertx vertx;
  private final Outage outage = new Outage(LOG, "Carrying on unfinished work");
  private volatile boolean stopped;

  BackgroundLoop(@All List<BackgroundWork> kinds, BookingsConfig config, Vertx vertx) {
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

  private void scheduleNext(BackgroundWork work) {
    beats.put(work, System.nanoTime());
    if (!stopped) {
      vertx.setTimer(config.recoveryInterval().toMillis(), timer -> round(work));
    }
  }

  private void round(BackgroundWork work) {
    if (stopped) {
      return;
    }
    beats.put(work, System.nanoTime());
    Uni.createFrom()
        .deferred(work::carryOn)
        .ifNoItem()
        .after(LONGEST_ROUND)
        .fail()
        .subscribe()
        .with(
            done -> {
              outage.worked();
              scheduleNext(work);
            },
            failure -> {
              // The next round tries again.
              Failures.tell(outage, failure);
              scheduleNext(work);
            });
  }

  /** Whether every kind of work had a round recently; true while the process shuts down. */
  boolean alive() {
    long longest = config.recoveryInterval().plus(STANDING).toNanos();
    long now = System.nanoTime();
    return stopped || beats.values().stream().allMatch(beat -> now - beat < longest);
  }
}
