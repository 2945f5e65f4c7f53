package app.bookings.sandbox;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * One embedded PostgreSQL per JVM, kept over live reloads and restarts of the application: each of
 * them has class loaders of its own, so what they share is a system property.
 */
public final class EmbeddedDatabase {

  private static final String PORT = "sandbox.database-port";

  private EmbeddedDatabase() {}

  /** Starts it unless it runs; the settings to reach it. */
  public static Map<String, String> settings() {
    synchronized (System.getProperties()) {
      if (System.getProperty(PORT) == null) {
        System.setProperty(PORT, Integer.toString(start().getPort()));
      }
    }
    return Map.of(
        "DB_HOST", "localhost",
        "DB_PORT", System.getProperty(PORT),
        "DB_NAME", "postgres",
        "DB_USER", "postgres",
        "DB_PASSWORD", "postgres");
  }

  private static EmbeddedPostgres start() {
    return start(builder -> builder);
  }

  /**
   * A server of one's own on existing data, or on new data where there is none.
   *
   * @param port 0 for any
   */
  public static EmbeddedPostgres start(Path data, int port) {
    return start(
        builder ->
            builder
                .setDataDirectory(data)
                .setPort(port)
                .setCleanDataDirectory(false)
                // What is committed survives a crash of the server.
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("fsync", "on"));
  }

  private static EmbeddedPostgres start(UnaryOperator<EmbeddedPostgres.Builder> settings) {
    try {
      Path work = Files.createDirectories(Path.of("target", "postgres"));
      return settings
          .apply(
              EmbeddedPostgres.builder()
                  .setOverrideWorkingDirectory(work.toFile())
                  .setServerConfig("max_connections", "200")
                  .setServerConfig("shared_preload_libraries", "pg_stat_statements"))
          .start();
    } catch (IOException failure) {
      throw new UncheckedIOException("The embedded PostgreSQL did not start", failure);
    }
  }
}
