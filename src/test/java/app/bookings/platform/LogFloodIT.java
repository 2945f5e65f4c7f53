package app.bookings.platform;

import static org.assertj.core.api.Assertions.assertThat;

import app.bookings.testsupport.Bookings;
import app.bookings.testsupport.Processes;
import app.bookings.testsupport.Scene;
import app.bookings.testsupport.Scene.Customer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** operating.md, "Logs": what the log of a replica in production says while something is away. */
class LogFloodIT {

  private static final String NAME = "service-0";
  private static final int BOOKINGS = 40;

  private final Processes processes = new Processes(1);
  private int begun;

  @BeforeEach
  void start() {
    processes.settings().put("BOOKINGS_RECOVERY_INTERVAL", "PT0.2S");
    processes.start(0);
    // The file is that of every process of this name.
    begun = lines().size() - 1;
  }

  @AfterEach
  void stop() throws IOException {
    processes.close();
  }

  private static List<String> lines() {
    return Processes.log(NAME).lines().toList();
  }

  /** What was logged since the start, by whom and how. */
  private List<JsonObject> log() {
    return lines().stream()
        .skip(begun)
        .filter(line -> line.startsWith("{") && line.endsWith("}"))
        .map(JsonObject::new)
        .toList();
  }

  private List<String> told(Set<String> levels) {
    return log().stream()
        .filter(line -> levels.contains(line.getString("level")))
        .map(line -> line.getString("level") + " " + line.getString("message"))
        .toList();
  }

  private static ConditionFactory soon() {
    return Awaitility.await().atMost(Duration.ofSeconds(60));
  }

  @Test
  void aNeighbourThatIsAwayIsToldOfOnceAndRepairsWithFromAndTo() {
    Scene scene = new Scene(processes.neighbours());
    Bookings bookings = processes.bookings(0);
    processes
        .neighbours()
        .fault(
            new JsonObject()
                .put("neighbour", "wallet")
                .put("path", "/api/internal/")
                .put("kind", "ERROR_BEFORE")
                .put("times", 100_000));
    Scene.Session session = scene.sessionOf(BOOKINGS);
    // One after the other: at once, a slow machine would answer some of them too late.
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < BOOKINGS; i++) {
      ids.add(bookings.create(scene.customer(), session, "WALLET").is("202").text("id"));
    }
    assertThat(told(Set.of("WARN", "ERROR")))
        .hasSizeBetween(1, 5)
        .allMatch(line -> line.startsWith("WARN wallet: "))
        .doesNotHaveDuplicates();

    processes.neighbours().reset();
    soon()
        .untilAsserted(
            () ->
                assertThat(repaired())
                    .containsExactlyInAnyOrderElementsOf(
                        ids.stream()
                            .map(
                                id ->
                                    id
                                        + " "
                                        + scene.company
                                        + " its settlements Booking "
                                        + id
                                        + ": from PENDING to CONFIRMED")
                            .toList()));
    // Whoever asks wallet once it has been calm for a while sees that it is over.
    soon()
        .pollInterval(Duration.ofSeconds(1))
        .untilAsserted(
            () -> {
              bookings.create(scene.customer(), scene.session(), "WALLET").is("201");
              assertThat(told(Set.of("INFO")))
                  .filteredOn(line -> line.startsWith("INFO wallet: over after"))
                  .singleElement()
                  .asString()
                  .contains("answered 500=");
            });
  }

  private List<String> repaired() {
    return log().stream()
        .filter(line -> line.getString("message").startsWith("Booking "))
        .map(
            line -> {
              JsonObject mdc = line.getJsonObject("mdc");
              return mdc.getString("bookingId")
                  + " "
                  + mdc.getString("companyId")
                  + " "
                  + mdc.getString("work")
                  + " "
                  + line.getString("message").replaceAll(" \\(.*", "");
            })
        .toList();
  }

  @Test
  void aDatabaseThatIsAwayIsToldOfOnceByEachWorkAndWithoutStackTraces() {
    Scene scene = new Scene(processes.neighbours());
    Bookings bookings = processes.bookings(0);
    Scene.Session session = scene.session();
    processes.stopDatabase();
    try {
      List<CompletableFuture<Bookings.Answer>> creates = new ArrayList<>();
      for (int i = 0; i < BOOKINGS; i++) {
        creates.add(bookings.createAsync(scene.customer(), session, "ON_SITE"));
      }
      creates.forEach(create -> assertThat(create.join().status()).isEqualTo(503));
      soon().untilAsserted(() -> assertThat(told(Set.of("WARN"))).isNotEmpty());
    } finally {
      processes.startDatabase();
    }
    Customer customer = scene.customer();
    soon().untilAsserted(() -> bookings.create(customer, session, "ON_SITE").is("201"));
    soon()
        .untilAsserted(
            () ->
                assertThat(told(Set.of("INFO"))).anyMatch(line -> line.contains(": over after ")));
    assertThat(told(Set.of("WARN", "ERROR"))).hasSizeLessThan(8).doesNotHaveDuplicates();
    assertThat(log()).noneMatch(line -> line.containsKey("exception"));
  }

  /** A start that goes well says nothing that anybody has to look at. */
  @Test
  void aStartIsQuiet() {
    assertThat(
            log().stream()
                .filter(line -> !line.getString("level").equals("INFO"))
                .map(JsonObject::encode)
                .collect(Collectors.toList()))
        .isEmpty();
  }
}
