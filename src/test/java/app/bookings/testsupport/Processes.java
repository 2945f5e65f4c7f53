package app.bookings.testsupport;

import app.bookings.sandbox.EmbeddedDatabase;
import app.bookings.sandbox.SandboxServer;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/**
 * The service as it is in production: the packaged jar as a process, told by its environment alone;
 * the neighbours as another process; a PostgreSQL of its own.
 */
public final class Processes implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String JAVA =
      Path.of(System.getProperty("java.home"), "bin", "java").toString();

  private final Path data = Path.of("target", "postgres", "data-" + UUID.randomUUID());
  private EmbeddedPostgres postgres = EmbeddedDatabase.start(data, 0);
  private final int sandboxPort = freePort();
  private final List<Integer> servicePorts = new ArrayList<>();
  private final List<Integer> managementPorts = new ArrayList<>();
  private final Map<Integer, Process> services = new HashMap<>();
  private final Map<String, String> settings = new HashMap<>();
  private final Process sandbox;
  private List<String> command = packaged();

  /** Starts database and neighbours; events go to the first of so many replicas. */
  public Processes(int replicas) {
    for (int i = 0; i < replicas; i++) {
      servicePorts.add(freePort());
      managementPorts.add(freePort());
    }
    sandbox =
        java(
            "sandbox",
            Map.of(),
            "-Xmx256m",
            "-cp",
            System.getProperty("java.class.path"),
            SandboxServer.class.getName(),
            Integer.toString(sandboxPort),
            url(0));
    settings.putAll(database());
    for (String neighbour : List.of("CATALOG", "COMPANIES", "PASSES", "WALLET", "PAYMENTS")) {
      settings.put(
          neighbour + "_URL",
          sandboxUrl() + "/sandbox/" + neighbour.toLowerCase(java.util.Locale.ROOT));
    }
    settings.put("OIDC_AUTH_SERVER_URL", sandboxUrl() + "/sandbox/oidc");
    settings.put("BOOKINGS_TOKEN_SECRET", "0123456789abcdef0123456789abcdef");
    Awaitility.await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(() -> neighbours().ledger() != null);
  }

  public Map<String, String> database() {
    return Map.of(
        "DB_HOST", "localhost",
        "DB_PORT", Integer.toString(postgres.getPort()),
        "DB_NAME", "postgres",
        "DB_USER", "postgres",
        "DB_PASSWORD", "postgres");
  }

  /** The environment of the service; a change counts from the next start. */
  public Map<String, String> settings() {
    return settings;
  }

  public Neighbours neighbours() {
    return new Neighbours(sandboxUrl());
  }

  public Bookings bookings(int replica) {
    return new Bookings(url(replica), managementUrl(replica));
  }

  public Books books() {
    return new Books(database());
  }

  private String sandboxUrl() {
    return "http://localhost:" + sandboxPort;
  }

  /** Where a replica listens. */
  public String url(int replica) {
    return "http://localhost:" + servicePorts.get(replica);
  }

  /** Where its health and metrics are. */
  public String managementUrl(int replica) {
    return "http://localhost:" + managementPorts.get(replica);
  }

  /** Starts a replica and waits until it is ready. */
  public void start(int replica) {
    launch(replica);
    Awaitility.await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(100))
        .until(() -> bookings(replica).ready() || !services.get(replica).isAlive());
    if (!services.get(replica).isAlive()) {
      throw new IllegalStateException("replica " + replica + " ended, see its log");
    }
  }

  /** Starts a replica and does not wait. */
  public Process launch(int replica) {
    Map<String, String> environment = new HashMap<>(settings);
    environment.put("QUARKUS_HTTP_PORT", Integer.toString(servicePorts.get(replica)));
    environment.put("QUARKUS_MANAGEMENT_PORT", Integer.toString(managementPorts.get(replica)));
    Process service = process("service-" + replica, environment, command);
    services.put(replica, service);
    return service;
  }

  /** Another way to start the service than the packaged jar. */
  public void command(List<String> newCommand) {
    command = newCommand;
  }

  /** The jar that is packaged, or what a native build has made of it. */
  public static List<String> packaged() {
    String executable = System.getProperty("service.executable", "");
    return executable.isEmpty()
        ? List.of(
            JAVA,
            "-Xmx256m",
            "-jar",
            Path.of("target", "quarkus-app", "quarkus-run.jar").toString())
        : List.of(executable, "-Xmx128m");
  }

  /** Whether it was ever started. */
  public boolean launched(int replica) {
    return services.containsKey(replica);
  }

  public boolean alive(int replica) {
    return services.get(replica).isAlive();
  }

  public long pid(int replica) {
    return services.get(replica).pid();
  }

  public long neighboursPid() {
    return sandbox.pid();
  }

  /** SIGKILL. */
  public void kill(int replica) {
    end(services.get(replica), true);
  }

  /** SIGTERM; the exit code. */
  public int stop(int replica) {
    return end(services.get(replica), false);
  }

  /** Of the server; its connections are children of it. */
  public long databasePid() {
    try {
      return Long.parseLong(Files.readAllLines(data.resolve("postmaster.pid")).get(0).strip());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Stops PostgreSQL in immediate mode: as in a crash, without a farewell to anybody. */
  public void stopDatabase() {
    try {
      String pid = Long.toString(databasePid());
      new ProcessBuilder("kill", "-QUIT", pid).start().waitFor();
      Awaitility.await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(50))
          .until(() -> !Files.exists(data.resolve("postmaster.pid")));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopped);
    }
  }

  /** From now on it takes encrypted connections and no others. */
  public void demandEncryption(Certificate server) {
    try {
      Files.copy(server.certificate(), data.resolve("server.crt"));
      Path key = Files.copy(server.key(), data.resolve("server.key"));
      Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
      // The server may run as another user than the one that runs the tests.
      Files.setOwner(key, Files.getOwner(data.resolve("PG_VERSION")));
      books().query("ALTER SYSTEM SET ssl = on");
      Files.writeString(
          data.resolve("pg_hba.conf"),
          "hostssl all all 127.0.0.1/32 trust\nhostssl all all ::1/128 trust\n");
      books().query("SELECT pg_reload_conf()");
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Starts it again, on the same port and data. */
  public void startDatabase() {
    int port = postgres.getPort();
    try {
      postgres.close();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    postgres = EmbeddedDatabase.start(data, port);
  }

  public void restartDatabase() {
    stopDatabase();
    startDatabase();
  }

  /** What a process has written, so far. */
  public static String log(String name) {
    try {
      return Files.readString(logFile(name));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static Path logFile(String name) {
    return Path.of("target", "processes", name + ".log");
  }

  private static Process java(String name, Map<String, String> environment, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(JAVA);
    command.addAll(List.of(arguments));
    return process(name, environment, command);
  }

  private static Process process(
      String name, Map<String, String> environment, List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().putAll(environment);
    try {
      Files.createDirectories(logFile(name).getParent());
      builder.redirectOutput(ProcessBuilder.Redirect.appendTo(logFile(name).toFile()));
      return builder.start();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static int end(Process process, boolean forcibly) {
    try {
      if (forcibly) {
        process.destroyForcibly();
      } else {
        process.destroy();
      }
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw new IllegalStateException("did not end");
      }
      return process.exitValue();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopped);
    }
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Override
  public void close() throws IOException {
    services.values().forEach(Process::destroyForcibly);
    sandbox.destroyForcibly();
    postgres.close();
  }
}
