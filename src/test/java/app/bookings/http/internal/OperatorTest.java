package app.bookings.http.internal;

import static org.assertj.core.api.Assertions.assertThat;

import app.bookings.testsupport.Bookings;
import app.bookings.testsupport.Bookings.Answer;
import app.bookings.testsupport.OtherServices;
import app.bookings.testsupport.Scene;
import app.bookings.testsupport.Scene.Customer;
import app.bookings.testsupport.Service;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** reliability.md, "How": what can't be finished shows, with its last error. */
@QuarkusTest
class OperatorTest {

  private final Bookings bookings = Service.BOOKINGS;
  private final OtherServices services = new OtherServices();
  private final Scene scene = Service.scene();

  @AfterEach
  void reset() {
    Service.NEIGHBOURS.reset();
  }

  private Optional<JsonObject> unfinished(String query, String bookingId) {
    return services.get("settlements" + query).is("200").body().getJsonArray("items").stream()
        .map(JsonObject.class::cast)
        .filter(settlement -> settlement.getString("bookingId").equals(bookingId))
        .findFirst();
  }

  @Test
  void anUnfinishedSettlementShowsWithItsLastErrorUntilItIsFinished() {
    Service.NEIGHBOURS.fault(
        new JsonObject().put("neighbour", "wallet").put("kind", "ERROR_AFTER"));
    Customer customer = scene.customer();
    Answer created = bookings.create(customer, scene.session(), "WALLET").is("202");
    String id = created.text("id");
    Awaitility.await()
        .untilAsserted(
            () ->
                assertThat(unfinished("", id).map(s -> s.getString("lastError")))
                    .hasValue("wallet: answered 500"));
    JsonObject settlement = unfinished("", id).orElseThrow();
    assertThat(settlement.getString("kind")).isEqualTo("WALLET_DEBIT");
    assertThat(settlement.getString("state")).isEqualTo("DUE");
    assertThat(settlement.getString("amount")).isEqualTo("25.00");
    assertThat(unfinished("?stuck=true", id)).isEmpty();
    Service.books()
        .query("UPDATE bookings.settlements SET tries = 10 WHERE booking_id = ?::uuid", id);
    assertThat(unfinished("?stuck=true", id)).isPresent();
    Awaitility.await().untilAsserted(() -> assertThat(metric()).contains("kind=\"WALLET_DEBIT\""));
    assertThat(bookings.ready()).isTrue();

    Service.NEIGHBOURS.reset();
    Service.books()
        .query(
            "UPDATE bookings.settlements SET due_at = now()"
                + " WHERE booking_id = ?::uuid AND due_at IS NOT NULL",
            id);
    bookings.becomes(customer, id, "CONFIRMED/PAID");
    assertThat(unfinished("", id)).isEmpty();
    assertThat(services.get("bookings/" + id + "/history").is("200").body().getJsonArray("items"))
        .extracting(
            entry -> ((JsonObject) entry).getString("toStatus"),
            entry -> ((JsonObject) entry).getString("cause"))
        .containsExactly(
            org.assertj.core.api.Assertions.tuple("PENDING", "hold"),
            org.assertj.core.api.Assertions.tuple("CONFIRMED", "settled"));
  }

  private String metric() {
    return bookings
        .send("GET", "/q/metrics", null, null, Map.of("Accept", "text/plain"))
        .http()
        .body()
        .lines()
        .filter(line -> line.startsWith("bookings_settlements_stuck{"))
        .reduce("", (all, line) -> all + line + "\n");
  }
}
