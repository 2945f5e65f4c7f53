package app.bookings.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import app.bookings.testsupport.Bookings;
import app.bookings.testsupport.Bookings.Answer;
import app.bookings.testsupport.Processes;
import app.bookings.testsupport.Scene;
import app.bookings.testsupport.Scene.Customer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * operating.md, "Alerts": everything that can go wrong does, and each alert sees it. The metrics
 * that rules and dashboard name are looked for in any case; that the alerts fire and that every
 * panel has data is shown where a Prometheus is on the PATH.
 */
class AlertsIT {

  private static final Path RULES = Path.of("src/main/kubernetes/observability/alerts.yaml");
  private static final Path DASHBOARD = Path.of("src/main/kubernetes/observability/dashboard.json");
  private static final Set<String> NOBODY_ANSWERS = Set.of("BookingsReplicaDown", "BookingsGone");
  private static final int HOLDS = 40;
  private static final Pattern METRIC =
      Pattern.compile("\\b((?:bookings|http_server|jvm|process|sql_pool)_[a-z_]+)\\b");

  private Processes processes;
  private Scene scene;

  @BeforeEach
  void start() {
    processes = new Processes(1);
    processes
        .settings()
        .putAll(
            Map.of(
                "BOOKINGS_EVENT_SINKS", "http://localhost:1/events",
                "BOOKINGS_EVENT_SECRET", "secret-of-the-alerts-test",
                "BOOKINGS_RECOVERY_INTERVAL", "PT0.5S",
                "BOOKINGS_GUEST_RATE_PER_MINUTE", "1"));
    processes.start(0);
    scene = new Scene(processes.neighbours());
  }

  @AfterEach
  void stop() throws IOException {
    processes.close();
  }

  /** The rules as they are, out of the operator's form, but for how long they wait. */
  private static Path impatient() throws IOException {
    String rules =
        Files.readString(RULES)
            .replaceFirst("(?s)^.*\\nspec:\\n", "")
            .replaceAll("(?m)^  ", "")
            .replaceAll("for: \\d+m", "for: 0s")
            .replaceAll("\\[\\d+m]", "[30s]");
    return Files.writeString(
        Files.createTempFile(Path.of("target").toAbsolutePath(), "rules", ".yaml"), rules);
  }

  private static Set<String> alerts() throws IOException {
    Set<String> names = new TreeSet<>();
    Matcher alert = Pattern.compile("alert: (\\w+)").matcher(Files.readString(RULES));
    while (alert.find()) {
      names.add(alert.group(1));
    }
    return names;
  }

  private static List<String> panels() throws IOException {
    List<String> expressions = new ArrayList<>();
    for (Object panel : new JsonObject(Files.readString(DASHBOARD)).getJsonArray("panels")) {
      for (Object target : ((JsonObject) panel).getJsonArray("targets")) {
        expressions.add(((JsonObject) target).getString("expr"));
      }
    }
    return expressions;
  }

  @Test
  void everyMetricThatIsNamedIsThere() throws IOException {
    everythingGoesWrong();
    Set<String> named = new TreeSet<>();
    for (String text : List.of(Files.readString(RULES), String.join("\n", panels()))) {
      Matcher metric = METRIC.matcher(text);
      while (metric.find()) {
        named.add(metric.group(1));
      }
    }
    assertThat(named).hasSizeGreaterThan(10);
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () -> {
              String metrics =
                  processes
                      .bookings(0)
                      .send("GET", "/q/metrics", null, null, Map.of())
                      .http()
                      .body();
              assertThat(named)
                  .allMatch(
                      name -> Pattern.compile("(?m)^" + name + "[ {]").matcher(metrics).find());
            });
  }

  @Test
  void eachAlertFiresAndEachPanelHasData() throws IOException {
    try (Prometheus prometheus = Prometheus.watching(processes.managementUrl(0), impatient())) {
      assumeTrue(prometheus != null, "prometheus is not on the PATH");
      Set<String> fired = new TreeSet<>();
      Set<String> shown = new TreeSet<>();
      Set<String> expected = alerts();
      List<String> panels = panels();
      Awaitility.await()
          .atMost(Duration.ofMinutes(3))
          .ignoreExceptions()
          .pollInterval(Duration.ofSeconds(1))
          .untilAsserted(
              () -> {
                if (!fired.containsAll(expected) || shown.size() < panels.size()) {
                  everythingGoesWrong();
                }
                Set<String> firing = new TreeSet<>(prometheus.firing());
                if (processes.alive(0)) {
                  // Before the first look at it nobody answers, either.
                  firing.removeAll(NOBODY_ANSWERS);
                }
                fired.addAll(firing);
                panels.stream()
                    .filter(panel -> !prometheus.query(panel.replace("[5m]", "[30s]")).isEmpty())
                    .forEach(shown::add);
                if (fired.size() == expected.size() - NOBODY_ANSWERS.size()
                    && shown.size() == panels.size()) {
                  processes.kill(0);
                }
                assertThat(fired).isEqualTo(expected);
                assertThat(shown).containsAll(panels);
              });
    }
  }

  private void everythingGoesWrong() {
    if (!processes.alive(0)) {
      return;
    }
    Bookings bookings = processes.bookings(0);
    Scene.Session session = scene.session();
    Customer paying = scene.customer();
    processes.neighbours().reset();
    assertThat(bookings.create(paying, session, "WALLET").status()).isIn(201, 202);
    // Holds run out, a guest is refused, wallet is slow and then fails.
    List<CompletableFuture<Answer>> holds = new ArrayList<>();
    Scene.Session large = scene.sessionOf(HOLDS);
    for (int i = 0; i < HOLDS; i++) {
      holds.add(bookings.createAsync(scene.customer(), large, "CARD"));
    }
    holds.forEach(hold -> assertThat(hold.join().status()).isIn(201, 202));
    processes
        .books()
        .query(
            "UPDATE bookings.bookings SET hold_expires_at = now() WHERE status = 'PENDING'"
                + " AND payment_method = 'CARD'");
    JsonObject guest = new JsonObject().put("paymentMethod", "ON_SITE").put("email", "g@x.example");
    for (int i = 0; i < 60; i++) {
      bookings.post(null, session.path().replace("/client/", "/client/guest/"), guest);
    }
    fault("wallet", "DELAY_BEFORE", 3);
    bookings.create(scene.customer(), session, "WALLET");
    fault("wallet", "ERROR_BEFORE", 1000);
    for (int i = 0; i < 15; i++) {
      bookings.createAsync(scene.customer(), scene.session(), "WALLET").join();
    }
    fault("catalog", "ERROR_BEFORE", 1000);
    for (int i = 0; i < 5; i++) {
      bookings.create(scene.customer(), scene.session(), "ON_SITE").is("503 upstream-unavailable");
    }
    processes
        .books()
        .query(
            "UPDATE bookings.settlements SET tries = 50, created_at = now() - interval '1 hour'"
                + " WHERE state = 'DUE'");
    processes.books().query("UPDATE bookings.outbox SET created_at = now() - interval '1 hour'");
  }

  private void fault(String neighbour, String kind, int times) {
    processes
        .neighbours()
        .fault(
            new JsonObject()
                .put("neighbour", neighbour)
                .put("path", "/api/internal/")
                .put("kind", kind)
                .put("times", times)
                .put("delayMillis", 1900));
  }
}
