package app.bookings.database;

import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Readiness: whether the database answers. In time for a probe, also where it says nothing. */
@Readiness
@ApplicationScoped
class Ready implements AsyncHealthCheck {

  private static final Duration IN_TIME = Duration.ofMillis(1500);

  private static final Statement ANSWERS = Statement.named("database.answers", "SELECT 1");

  private final Database database;

  Ready(Database database) {
    this.database = database;
  }

  @Override
  public Uni<HealthCheckResponse> call() {
    return database
        .read(ANSWERS, Tuple.tuple())
        .replaceWith(true)
        .ifNoItem()
        .after(IN_TIME)
        .fail()
        .onFailure()
        .recoverWithItem(false)
        .map(up -> HealthCheckResponse.named("database").status(up).build());
  }
}
