package app.bookings.settling;

import static org.assertj.core.api.Assertions.assertThat;

import app.bookings.testsupport.Bookings.Answer;
import app.bookings.testsupport.Scene;
import app.bookings.testsupport.Scene.Customer;
import app.bookings.testsupport.Service;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** operating.md, "Traces": one can follow a booking from its request to what recovery did. */
@QuarkusTest
@TestProfile(TracesTest.Traced.class)
class TracesTest {

  @Inject InMemorySpanExporter exporter;

  /** Traces, kept in memory as soon as a span ends. */
  public static final class Traced implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "quarkus.otel.sdk.disabled", "false",
          "quarkus.otel.simple", "true",
          "quarkus.otel.traces.sampler", "always_on",
          "bookings.settlement-lease", "PT1S",
          "bookings.recovery-interval", "PT0.2S");
    }
  }

  /** In place of the OTLP exporter. */
  @ApplicationScoped
  static class Exporter {
    @Produces
    @ApplicationScoped
    InMemorySpanExporter exporter() {
      return InMemorySpanExporter.create();
    }
  }

  @AfterEach
  void reset() {
    Service.NEIGHBOURS.reset();
  }

  private List<SpanData> spans() {
    return exporter.getFinishedSpanItems();
  }

  @Test
  void whatRecoveryDoesLinksToTheRequestThatBeganIt() {
    Scene scene = Service.scene();
    Customer customer = scene.customer();
    // Every try of the request fails; recovery gets through.
    Service.NEIGHBOURS.fault(
        new JsonObject()
            .put("neighbour", "wallet")
            .put("path", "/api/internal/")
            .put("kind", "ERROR_BEFORE")
            .put("times", 3));
    Answer created = Service.BOOKINGS.create(customer, scene.session(), "WALLET");
    assertThat(created.status()).isIn(201, 202);
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () -> Service.BOOKINGS.get(customer, created.text("id")).booking("CONFIRMED/PAID"));

    Awaitility.await()
        .untilAsserted(() -> assertThat(spans()).anyMatch(s -> resumes(s, created.text("id"))));
    SpanData resumed =
        spans().stream().filter(s -> resumes(s, created.text("id"))).findFirst().orElseThrow();
    String begunBy = resumed.getLinks().get(0).getSpanContext().getTraceId();
    assertThat(spans())
        .anyMatch(
            s ->
                s.getKind() == SpanKind.SERVER
                    && s.getTraceId().equals(begunBy)
                    && s.getName().startsWith("POST /api/client/companies/"));
    // The calls of both are in the traces they belong to.
    assertThat(spans())
        .anyMatch(s -> s.getKind() == SpanKind.CLIENT && s.getTraceId().equals(begunBy))
        .anyMatch(
            s -> s.getKind() == SpanKind.CLIENT && s.getTraceId().equals(resumed.getTraceId()));
  }

  /** api.md, "Problems": whoever has the trace id of a 500 finds its trace. */
  @Test
  void aDefectIsToldWithItsTrace() {
    String path = "/api/internal/bookings/" + UUID.randomUUID() + "/history";
    Service.books().query("ALTER TABLE bookings.booking_status_history RENAME TO away");
    Answer defect;
    try {
      defect = Service.BOOKINGS.get(Service.NEIGHBOURS.serviceToken(), path);
    } finally {
      Service.books().query("ALTER TABLE bookings.away RENAME TO booking_status_history");
    }
    defect.is("500 internal-error");
    Awaitility.await()
        .untilAsserted(
            () ->
                assertThat(spans())
                    .anyMatch(
                        s ->
                            s.getKind() == SpanKind.SERVER
                                && s.getTraceId().equals(defect.text("traceId"))));
  }

  private static boolean resumes(SpanData span, String bookingId) {
    return span.getName().equals("resume settlements")
        && span.getAttributes().asMap().containsValue(bookingId)
        && span.getLinks().stream().map(LinkData::getSpanContext).allMatch(c -> c.isValid());
  }
}
