package app.bookings.bench;

import app.bookings.testsupport.Processes;
import app.bookings.testsupport.Scene;
import app.bookings.testsupport.Scene.Customer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes the cache with which the packaged service starts fast: it is started once as in production,
 * with database and neighbours, books with every method, and leaves on its way out what it loaded,
 * linked and counted: an AOT cache from JDK 25 on, else a class-data archive.
 */
public final class StartTraining {

  /** Enough for the cache to know which methods are hot. */
  private static final int ROUNDS = 50;

  private StartTraining() {}

  /**
   * What the service is started with, for training and afterwards (Dockerfile.jvm says the same).
   * The first compiler waits ten times as long, which leaves the core to the main thread while it
   * starts. The second one, which makes it fast under load, waits no longer than usual.
   */
  public static List<String> options() {
    return List.of(
        "-XX:+UseSerialGC",
        "-Xmx128m",
        "-XX:Tier3InvocationThreshold=2000",
        "-XX:Tier3MinInvocationThreshold=1000",
        "-XX:Tier3CompileThreshold=20000");
  }

  /** The options that use the cache of an application folder. */
  public static String use(Path application) {
    return option("-XX:AOTCache=", "-XX:SharedArchiveFile=", application);
  }

  private static String make(Path application) {
    return option("-XX:AOTCacheOutput=", "-XX:ArchiveClassesAtExit=", application);
  }

  private static String option(String aot, String classData, Path application) {
    return Runtime.version().feature() >= 25
        ? aot + application.resolve("bookings.aot")
        : classData + application.resolve("bookings.jsa");
  }

  /** The command that starts it; a cache option, or none. */
  public static List<String> command(Path application, String... cache) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options());
    command.addAll(List.of(cache));
    command.add("-jar");
    command.add(application.resolve("quarkus-run.jar").toString());
    return command;
  }

  /** Trains the packaged application in this folder, with the Java this runs on. */
  public static void main(String... arguments) throws IOException {
    Path application = Path.of(arguments[0]).toAbsolutePath();
    train(application);
    try (var files = Files.list(application)) {
      files.filter(f -> f.toString().matches(".*\\.(aot|jsa)")).forEach(System.out::println);
    }
    System.exit(0);
  }

  static void train(Path application) throws IOException {
    try (Processes processes = new Processes(1)) {
      processes.command(command(application, make(application)));
      processes.start(0);
      Scene scene = new Scene(processes.neighbours());
      Scene.Session session = scene.session();
      for (int round = 0; round < ROUNDS; round++) {
        book(processes, scene, session);
      }
      processes.stop(0);
    }
  }

  private static void book(Processes processes, Scene scene, Scene.Session session) {
    for (String method : List.of("ON_SITE", "WALLET", "BONUS", "CARD", "WALLET", "ON_SITE")) {
      Customer customer = scene.customer();
      String id =
          processes
              .bookings(0)
              .create(customer, session, new JsonObject().put("paymentMethod", method))
              .is("201")
              .text("id");
      processes.bookings(0).get(customer.token(), "/api/client/my-bookings").is("200");
      processes.bookings(0).cancel(customer, id);
    }
  }
}
