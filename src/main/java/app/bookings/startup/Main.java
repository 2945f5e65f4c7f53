package app.bookings.startup;

import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.util.List;

/**
 * Starts the service; in production only when everything it needs is configured. With the argument
 * {@code migrate} it brings the database's schema up to this version instead, and ends: with 0 when
 * that is done, and nothing but the database's settings is needed.
 */
@QuarkusMain
public class Main {

  /** Where traces go; whoever sets it wants them (configuration.md, "Settings"). */
  private static final String OTLP = "OTEL_EXPORTER_OTLP_ENDPOINT";

  /** What a connection may hold: its header, a part of a body, an answer under way. */
  private static final long BYTES_PER_CONNECTION = 128 * 1024;

  private static final String MIGRATE = "migrate";

  public static void main(String... args) {
    boolean training = System.getProperty("quarkus.appcds.generate") != null;
    boolean migrating = List.of(args).contains(MIGRATE);
    if (!developing() && !training) {
      (migrating ? RequiredSettings.missingToMigrate() : RequiredSettings.missing())
          .ifPresent(
              message -> {
                System.err.println(message);
                System.exit(1);
              });
    }
    if (migrating) {
      // The settings of such a run, on top of those of production: application.properties.
      System.setProperty("quarkus.profile", "prod," + MIGRATE);
    }
    if (System.getenv(OTLP) != null && !migrating) {
      System.setProperty("quarkus.otel.sdk.disabled", "false");
    }
    System.setProperty(
        "connections.most", Long.toString(Runtime.getRuntime().maxMemory() / BYTES_PER_CONNECTION));
    // Measured of each connection under one name: all but the first would be unseen, and each start
    // would warn of it. What the pool does is in sql_pool_*. The registry is there before any bean.
    Metrics.globalRegistry.config().meterFilter(MeterFilter.denyNameStartsWith("postgresql."));
    // The same of the servers' connections: two servers, one name.
    Metrics.globalRegistry
        .config()
        .meterFilter(MeterFilter.denyNameStartsWith("vertx.http.connections"));
    Quarkus.run(args);
  }

  /** The launch mode is not set yet, but only dev mode loads the application for reloading. */
  private static boolean developing() {
    return Main.class.getClassLoader().getClass().getName().endsWith(".QuarkusClassLoader");
  }
}
