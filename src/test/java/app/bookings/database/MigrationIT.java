package app.bookings.database;

import static org.assertj.core.api.Assertions.assertThat;

import app.bookings.testsupport.Processes;
import app.bookings.testsupport.Scene;
import app.bookings.testsupport.Scene.Customer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * operating.md, "Upgrades": migrating as a step of its own, by a user of its own; a replica refuses
 * to start on a schema that is too old for it, and runs on one that is newer.
 */
class MigrationIT {

  private static final String NEWEST = newest();

  private final Processes processes = new Processes(1);

  @AfterEach
  void stop() throws IOException {
    processes.close();
  }

  private static String newest() {
    try (Stream<Path> files = Files.list(Path.of("src/main/resources/db/migration"))) {
      return Integer.toString(
          files
              .map(file -> file.getFileName().toString().replaceAll("^V(\\d+)__.*", "$1"))
              .mapToInt(Integer::parseInt)
              .max()
              .orElseThrow());
    } catch (IOException unreadable) {
      throw new java.io.UncheckedIOException(unreadable);
    }
  }

  private void roles() throws IOException {
    for (String statement :
        Files.readString(Path.of("src/main/resources/db/roles.sql")).split(";\\s*\\n", -1)) {
      if (!statement.isBlank()) {
        processes.books().query(statement);
      }
    }
  }

  private Map<String, String> as(String user) {
    Map<String, String> database = new HashMap<>(processes.database());
    database.put("DB_USER", user);
    database.put("DB_PASSWORD", "change-me");
    return database;
  }

  /** Runs the packaged service to its end; what it wrote. */
  private static String run(int exitCode, Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(Processes.packaged());
    command.addAll(List.of(arguments));
    Path output = Files.createTempFile(Path.of("target").toAbsolutePath(), "migration", ".log");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    Process process = builder.start();
    try {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("it ends").isTrue();
      assertThat(process.exitValue()).as(Files.readString(output)).isEqualTo(exitCode);
      return Files.readString(output);
    } finally {
      process.destroyForcibly();
    }
  }

  private Map<String, String> replica() {
    return new HashMap<>(processes.settings());
  }

  @Test
  void migratingIsAStepAndAUserOfItsOwn() throws Exception {
    roles();
    processes.settings().putAll(as("bookings_service"));
    processes.settings().put("DB_MIGRATE_AT_START", "false");
    refuses("none");

    // Nothing but the database's settings: no neighbour, no issuer, no secret.
    String migrated = run(0, as("bookings_owner"), "migrate");
    assertThat(migrated)
        .contains("now at version v" + NEWEST)
        .doesNotContain("Listening on")
        .doesNotContain("ERROR");
    assertThat(run(0, as("bookings_owner"), "migrate")).doesNotContain("ERROR");

    processes.start(0);
    everythingWorks();
    processes.stop(0);

    // The version before: what this one needs is not there yet.
    processes
        .books()
        .query(
            "UPDATE bookings.flyway_schema_history SET success = false WHERE version = ?", NEWEST);
    refuses(Integer.toString(Integer.parseInt(NEWEST) - 1));
    // The version after: an old replica that starts again beside new ones.
    processes.books().query("UPDATE bookings.flyway_schema_history SET success = true");
    processes
        .books()
        .query(
            """
            INSERT INTO bookings.flyway_schema_history
            SELECT 9999, '9999', description, type, script, checksum, installed_by, now(), 1, true
            FROM bookings.flyway_schema_history WHERE version = ?
            """,
            NEWEST);
    processes.start(0);
  }

  private void refuses(String found) throws Exception {
    assertThat(run(1, replica()))
        .contains("can't start", "is at version " + found + ",", "needs " + NEWEST, "migrate")
        .doesNotContain("\tat ")
        .doesNotContain("Listening on");
  }

  private void everythingWorks() {
    Scene scene = new Scene(processes.neighbours());
    Scene.Session session = scene.session();
    for (String method : List.of("ON_SITE", "WALLET")) {
      Customer customer = scene.customer();
      String id = processes.bookings(0).create(customer, session, method).is("201").text("id");
      processes.bookings(0).cancel(customer, id);
    }
    Awaitility.await()
        .untilAsserted(() -> processes.books().agree(processes.neighbours(), scene.company));
    assertThat(Processes.log("service-0")).doesNotContain("permission denied");
  }

  /** Without a step of its own the service migrates, as another user where one is named. */
  @Test
  void aReplicaMigratesAsTheUserThatIsNamedForIt() throws Exception {
    roles();
    processes.settings().putAll(as("bookings_service"));
    processes.settings().put("DB_MIGRATION_USER", "bookings_owner");
    processes.settings().put("DB_MIGRATION_PASSWORD", "change-me");
    Map<String, String> database = processes.database();
    processes
        .settings()
        .put(
            "DB_MIGRATION_URL",
            "jdbc:postgresql://%s:%s/%s?targetServerType=primary"
                .formatted(
                    database.get("DB_HOST"), database.get("DB_PORT"), database.get("DB_NAME")));
    processes.start(0);
    assertThat(
            processes
                .books()
                .query("SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'bookings'"))
        .containsExactly(Map.of("tableowner", "bookings_owner"));
    everythingWorks();
  }

  @Test
  void withoutItsDatabaseMigratingNamesWhatIsMissing() throws Exception {
    assertThat(run(1, Map.of("DB_HOST", "localhost"), "migrate"))
        .contains("DB_PORT: not set", "DB_USER: not set")
        .doesNotContain("CATALOG_URL");
  }
}
