package app.bookings;

import static org.assertj.core.api.Assertions.assertThat;

import app.bookings.testsupport.Bookings;
import app.bookings.testsupport.Bookings.Answer;
import app.bookings.testsupport.Scene;
import app.bookings.testsupport.Scene.Customer;
import app.bookings.testsupport.Service;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** api.md, "Problems": the framework's own refusals are problem documents as well. */
@QuarkusTest
class ProblemsTest {

  private final Bookings bookings = Service.BOOKINGS;
  private final Scene scene = Service.scene();
  private final Customer customer = scene.customer();

  private Answer send(String method, String path, String body, Map<String, String> headers) {
    Answer answer = bookings.send(method, path, customer.token(), body, headers);
    assertThat(answer.header("Content-Type").orElseThrow()).startsWith("application/problem+json");
    assertThat(answer.body().fieldNames())
        .contains("type", "title", "status", "detail", "instance");
    assertThat(answer.body().getInteger("status")).isEqualTo(answer.status());
    assertThat(answer.text("instance")).isEqualTo(path.replaceAll("\\?.*", ""));
    return answer;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "7",
        "{",
        "{}",
        "{\"paymentMethod\":\"GOLD\"}",
        "{\"paymentMethod\":1}",
        "{\"paymentMethod\":\"ON_SITE\",\"unknown\":true}",
        "{\"paymentMethod\":\"ON_SITE\",\"paymentMethod\":\"WALLET\"}",
        "{\"paymentMethod\":\"ON_SITE\"} trailing",
        "{\"paymentMethod\":\"ON_SITE\",\"entitlementId\":\"x\"}",
        "{\"paymentMethod\":\"ON_SITE\",\"expectedTotal\":25.00}",
        "{\"paymentMethod\":\"ON_SITE\",\"expectedTotal\":\"25,00\"}",
        "{\"paymentMethod\":\"ON_SITE\",\"extras\":{}}",
        "{\"paymentMethod\":\"ON_SITE\",\"extras\":[null]}",
        "{\"paymentMethod\":\"ON_SITE\",\"extras\":[{\"quantity\":1}]}",
        "{\"paymentMethod\":\"ON_SITE\",\"extras\":"
            + "[{\"extraId\":\"6b1b36cb-1f0a-4f44-9e6a-6a4bb9f4d3c1\",\"quantity\":0}]}",
        "{\"paymentMethod\":\"ON_SITE\",\"extras\":"
            + "[{\"extraId\":\"6b1b36cb-1f0a-4f44-9e6a-6a4bb9f4d3c1\",\"quantity\":1.5}]}",
        "{\"paymentMethod\":\"ON_SITE\",\"extras\":"
            + "[{\"extraId\":\"6b1b36cb-1f0a-4f44-9e6a-6a4bb9f4d3c1\",\"quantity\":\"1\"}]}",
        "{\"paymentMethod\":\"CARD\",\"resultUrl\":\"javascript:alert(1)\"}",
        "{\"paymentMethod\":\"CARD\",\"resultUrl\":\"file:///etc/passwd\"}",
        "{\"paymentMethod\":\"CARD\",\"resultUrl\":\"/relative\"}"
      })
  void aMalformedBodyIs400(String body) {
    Answer answer = send("POST", scene.session().path(), body, Map.of());
    assertThat(answer.outcome()).isIn("400 malformed-request", "400 validation-error");
  }

  @Test
  void aViolationNamesItsField() {
    Answer answer = send("POST", scene.session().path(), "{\"paymentMethod\":\"GOLD\"}", Map.of());
    assertThat(answer.body().getJsonArray("violations").getJsonObject(0).getString("field"))
        .isEqualTo("paymentMethod");
    assertThat(answer.http().body()).doesNotContain("GOLD");
  }

  @Test
  void aReasonHasAtMost500Characters() {
    String path = Bookings.one("6b1b36cb-1f0a-4f44-9e6a-6a4bb9f4d3c1") + "/cancel";
    send("POST", path, "{\"reason\":\"" + "x".repeat(501) + "\"}", Map.of())
        .is("400 validation-error");
    send("POST", path, "{\"reason\":\"" + "x".repeat(500) + "\"}", Map.of())
        .is("404 booking-not-found");
  }

  @Test
  void whatIsNotThereIs404() {
    send("GET", "/api/client/nothing", null, Map.of()).is("404 not-found");
    send("GET", "/nothing", null, Map.of()).is("404 not-found");
    send("GET", Bookings.one("no-uuid"), null, Map.of()).is("404 not-found");
  }

  @Test
  void anotherMethodIs405() {
    send("PUT", "/api/client/my-bookings", null, Map.of()).is("405 method-not-allowed");
    send("DELETE", scene.session().path(), null, Map.of()).is("405 method-not-allowed");
  }

  @Test
  void anotherRepresentationIs406() {
    send("GET", "/api/client/my-bookings", null, Map.of("Accept", "text/html"))
        .is("406 not-acceptable");
  }

  @Test
  void aLargeBodyIs413() {
    send("POST", scene.session().path(), "x".repeat(64 * 1024 + 1), Map.of())
        .is("413 content-too-large");
  }

  @Test
  void anotherMediaTypeIs415() {
    send(
            "POST",
            scene.session().path(),
            "paymentMethod=ON_SITE",
            Map.of("Content-Type", "application/x-www-form-urlencoded"))
        .is("415 unsupported-media-type");
  }
}
