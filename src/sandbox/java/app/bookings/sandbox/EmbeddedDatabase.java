package app.bookings.sandbox;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

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

  /** A server of one's own, in a data directory that goes with it. */
  public static EmbeddedPostgres start() {
    try {
      Path work = Files.createDirectories(Path.of("target", "postgres"));
      return EmbeddedPostgres.builder()
          .setOverrideWorkingDirectory(work.toFile())
          .setServerConfig("max_connections", "200")
          .start();
    } catch (IOException failure) {
      throw new UncheckedIOException("The embedded PostgreSQL did not start", failure);
    }
  }
}
