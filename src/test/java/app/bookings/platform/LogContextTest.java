package app.bookings.platform;

import static org.assertj.core.api.Assertions.assertThat;

import app.bookings.testsupport.Bookings.Answer;
import app.bookings.testsupport.Scene;
import app.bookings.testsupport.Scene.Customer;
import app.bookings.testsupport.Service;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.awaitility.Awaitility;
import org.jboss.logging.MDC;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * operating.md, "Logs": a line of the log names the booking and the company that it is about, and
 * no other request's.
 */
@QuarkusTest
class LogContextTest {

  private static final int ROUNDS = 40;
  private static final PatternFormatter MESSAGE = new PatternFormatter("%s");
  private static final String MIRROR = "/test/log-context";

  /** Lines by booking: of the settler, whose every message names its booking. */
  private record Line(String booking, String company, String work, String message) {}

  private final Logger logger = Logger.getLogger("app.bookings");
  private final Level before = logger.getLevel();
  private final Queue<Line> lines = new ConcurrentLinkedQueue<>();
  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord record) {
          if (record instanceof ExtLogRecord line) {
            lines.add(
                new Line(
                    line.getMdc("bookingId"),
                    line.getMdc("companyId"),
                    line.getMdc("work"),
                    MESSAGE.format(line)));
          }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  /** Answers with what a line would carry that is about nothing, on the same event loops. */
  @ApplicationScoped
  static class Mirror {
    void mount(@Observes Router router) {
      router
          .get(MIRROR)
          .handler(
              context -> {
                Map<String, Object> carried = new ConcurrentHashMap<>();
                Map<String, Object> all = MDC.getMap();
                for (String name : List.of("bookingId", "companyId", "work")) {
                  if (all != null && all.get(name) != null) {
                    carried.put(name, all.get(name));
                  }
                }
                context.json(new JsonObject(carried));
              });
    }
  }

  @BeforeEach
  void listen() {
    logger.setLevel(Level.FINE);
    logger.addHandler(handler);
  }

  @AfterEach
  void silence() {
    logger.removeHandler(handler);
    logger.setLevel(before);
    Service.NEIGHBOURS.reset();
  }

  private List<Line> about(String booking) {
    return lines.stream()
        .filter(line -> line.message().startsWith("Booking " + booking + ":"))
        .toList();
  }

  @Test
  void manyAtOnceAndEachLineNamesItsOwn() {
    Map<String, UUID> companies = new ConcurrentHashMap<>();
    List<CompletableFuture<Void>> creates = new ArrayList<>();
    List<CompletableFuture<Answer>> others = new ArrayList<>();
    for (int i = 0; i < ROUNDS; i++) {
      Scene scene = Service.scene();
      creates.add(
          Service.BOOKINGS
              .createAsync(scene.customer(), scene.session(), "WALLET")
              .thenAccept(created -> companies.put(created.body().getString("id"), scene.company)));
      others.add(Service.BOOKINGS.sendAsync("GET", MIRROR, null, null, Map.of()));
    }
    creates.forEach(CompletableFuture::join);
    assertThat(companies).hasSize(ROUNDS);
    companies.forEach(
        (booking, company) ->
            assertThat(about(booking))
                .isNotEmpty()
                .allSatisfy(
                    line -> {
                      assertThat(line.booking()).isEqualTo(booking);
                      assertThat(line.company()).isEqualTo(company.toString());
                      assertThat(line.work()).isNull();
                    }));
    others.forEach(other -> assertThat(other.join().is("200").body()).isEmpty());
    assertThat(Service.BOOKINGS.get((String) null, MIRROR).body()).isEmpty();
  }

  @Test
  void whatRecoveryRepairsIsToldWithFromAndTo() {
    Map<String, UUID> companies = new HashMap<>();
    Service.NEIGHBOURS.fault(
        new JsonObject()
            .put("neighbour", "wallet")
            .put("path", "/api/internal/")
            .put("kind", "ERROR_BEFORE")
            .put("times", 1000));
    for (int i = 0; i < 10; i++) {
      Scene scene = Service.scene();
      Customer customer = scene.customer();
      String id = Service.BOOKINGS.create(customer, scene.session(), "WALLET").is("202").text("id");
      companies.put(id, scene.company);
    }
    Service.NEIGHBOURS.reset();
    companies.forEach(
        (booking, company) ->
            Awaitility.await()
                .untilAsserted(
                    () ->
                        assertThat(about(booking))
                            .anySatisfy(
                                line -> {
                                  assertThat(line.message())
                                      .contains("from PENDING to CONFIRMED", "its settlements");
                                  assertThat(line.booking()).isEqualTo(booking);
                                  assertThat(line.company()).isEqualTo(company.toString());
                                  assertThat(line.work()).isEqualTo("its settlements");
                                })));
    assertThat(Service.BOOKINGS.get((String) null, MIRROR).body()).isEmpty();
  }
}
