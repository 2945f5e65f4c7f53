package app.bookings.background;

import io.netty.util.concurrent.EventExecutor;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/**
 * Liveness: fails when an event loop, or the loop that carries on unfinished work, has stood for 30
 * seconds (reliability.md, "Time limits"). A new process is then better than this one.
 */
@Liveness
@ApplicationScoped
class Alive implements HealthCheck {

  private static final Duration STANDING = Duration.ofSeconds(30);

  private final Map<EventExecutor, Long> beats = new ConcurrentHashMap<>();
  private final Vertx vertx;
  private final BackgroundLoop loop;

  Alive(Vertx vertx, BackgroundLoop loop) {
    this.vertx = vertx;
    this.loop = loop;
  }

  void start(@Observes StartupEvent event) {
    for (EventExecutor eventLoop : ((VertxInternal) vertx).getEventLoopGroup()) {
      beats.put(eventLoop, System.nanoTime());
      var unused =
          eventLoop.scheduleAtFixedRate(
              () -> beats.put(eventLoop, System.nanoTime()), 1, 1, TimeUnit.SECONDS);
    }
  }

  @Override
  public HealthCheckResponse call() {
    long now = System.nanoTime();
    boolean loops = beats.values().stream().allMatch(beat -> now - beat < STANDING.toNanos());
    boolean working = loop.alive();
    return HealthCheckResponse.named("loops")
        .withData("eventLoops", loops ? "running" : "standing")
        .withData("recovery", working ? "running" : "standing")
        .status(loops && working)
        .build();
  }
}
