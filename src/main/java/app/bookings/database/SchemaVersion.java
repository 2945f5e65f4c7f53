package app.bookings.database;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.CompletionException;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationVersion;

/**
 * Refuses to start on a schema that lacks what this version of the service reads and writes, where
 * migrating is a step of its own. A schema that is newer is welcome: migrations only add, and old
 * replicas run beside new ones.
 */
@ApplicationScoped
class SchemaVersion {

  private static final int BEFORE_ANY_WORK = 1;

  /** No such table, no such schema. */
  private static final Set<String> NEVER_MIGRATED = Set.of("42P01", "3F000");

  private static final Statement VERSIONS =
      Statement.named(
          "database.schema_versions",
          """
          SELECT version FROM bookings.flyway_schema_history
          WHERE success AND version IS NOT NULL
          """);

  private final Database database;
  private final Flyway flyway;
  private final boolean migrated;

  SchemaVersion(
      Database database,
      Flyway flyway,
      @ConfigProperty(name = "quarkus.flyway.migrate-at-start") boolean migrated) {
    this.database = database;
    this.flyway = flyway;
    this.migrated = migrated;
  }

  /**
   * Looks once, at start.
   *
   * @throws ConfigurationException when the schema is too old, or can't be read; of these the
   *     framework prints the message alone, and ends the process with 1
   */
  void check(@Observes @Priority(BEFORE_ANY_WORK) StartupEvent event) {
    if (migrated) {
      return;
    }
    MigrationVersion needed = needed();
    MigrationVersion found = found();
    if (found.compareTo(needed) < 0) {
      throw new ConfigurationException(
          ("The bookings service can't start: the database's schema is at version %s, and this"
                  + " build needs %s. Migrate first: the same image with the argument \"migrate\".")
              .formatted(found.equals(MigrationVersion.EMPTY) ? "none" : found, needed));
    }
  }

  /** The newest migration in this build. */
  private MigrationVersion needed() {
    return flyway
        .getConfiguration()
        .getResourceProvider()
        .getResources("V", new String[] {".sql"})
        .stream()
        .map(migration -> migration.getFilename())
        .map(name -> MigrationVersion.fromVersion(name.substring(1, name.indexOf("__"))))
        .max(Comparator.naturalOrder())
        .orElseThrow();
  }

  private MigrationVersion found() {
    Uni<MigrationVersion> newest =
        database
            .read(VERSIONS, Tuple.tuple())
            .map(
                rows ->
                    rows.stream()
                        .map((Row row) -> MigrationVersion.fromVersion(row.getString("version")))
                        .max(Comparator.naturalOrder())
                        .orElse(MigrationVersion.EMPTY))
            .onFailure(
                failure -> NEVER_MIGRATED.contains(String.valueOf(Database.sqlState(failure))))
            .recoverWithItem(MigrationVersion.EMPTY);
    try {
      // In the thread that starts the process, before an event loop has anything to do.
      return newest.subscribeAsCompletionStage().join();
    } catch (CompletionException failure) {
      throw new ConfigurationException(
          "The bookings service can't start: the version of the database's schema can't be read: "
              + failure.getCause().getMessage());
    }
  }
}
