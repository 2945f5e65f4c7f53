package app.bookings.http.internal;

import static org.assertj.core.api.Assertions.assertThat;

import app.bookings.testsupport.Bookings;
import app.bookings.testsupport.OtherServices;
import app.bookings.testsupport.Scene;
import app.bookings.testsupport.Scene.Customer;
import app.bookings.testsupport.Service;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** domain.md, "Inbound events", session.reopened: in any order, any number of times. */
@QuarkusTest
class ReopenedTest {

  private final Bookings bookings = Service.BOOKINGS;
  private final OtherServices services = new OtherServices();
  private final Scene scene = Service.scene();
  private final Scene.Session session = scene.session();
  private final Customer early = scene.customer();

  private JsonObject event(String type, Instant at) {
    return OtherServices.event(
            "/catalog", "session." + type, JsonObject.of("sessionId", session.id.toString()))
        .put("time", at.toString());
  }

  private void told(String type, Instant at) {
    services.tell(event(type, at)).is("204");
  }

  private String book(Customer customer) {
    return bookings.create(customer, session, "WALLET").is("201").text("id");
  }

  private void ends(Customer customer, String id) {
    bookings.becomes(customer, id, "REFUNDED/REFUNDED");
  }

  private void refused() {
    bookings.create(scene.customer(), session, "WALLET").is("409 session-not-bookable");
  }

  @Test
  void itTakesBookingsAgainAndWhatEndedStaysEnded() {
    String id = book(early);
    Instant now = Instant.now();
    told("cancelled", now);
    refused();
    told("reopened", now.plusMillis(1));
    ends(early, id);
    Customer later = scene.customer();
    String again = book(later);
    book(early);
    bookings.get(early, id).booking("REFUNDED/REFUNDED");
    // What is said again changes nothing.
    told("cancelled", now);
    told("cancelled", now.minusSeconds(30));
    told("reopened", now.plusMillis(1));
    book(scene.customer());
    bookings.get(later, again).booking("CONFIRMED/PAID");
    // What is new does.
    told("cancelled", now.plusMillis(2));
    refused();
    ends(later, again);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theOrderMakesNoDifference(boolean cancelledFirst) {
    String id = book(early);
    // Clocks that differ by less than this are another matter.
    Instant cancelled = Instant.now().plusSeconds(1);
    List<JsonObject> events =
        List.of(event("cancelled", cancelled), event("reopened", cancelled.plusMillis(1)));
    for (int i = 0; i < 4; i++) {
      services.tell(events.get((i + (cancelledFirst ? 0 : 1)) % 2)).is("204");
    }
    ends(early, id);
    book(scene.customer());
  }

  @Test
  void aCancellationThatComesLateEndsOnlyWhatWasBookedBeforeIt() {
    Instant now = Instant.now();
    String id = book(early);
    told("reopened", now.minusSeconds(5));
    told("cancelled", now.minusSeconds(10));
    book(scene.customer());
    Awaitility.await()
        .untilAsserted(
            () ->
                assertThat(
                        Service.books()
                            .query(
                                "SELECT 1 FROM bookings.endings WHERE subject_id = ?"
                                    + " AND ended_at IS NOT NULL",
                                session.id))
                    .hasSize(1));
    bookings.get(early, id).booking("CONFIRMED/PAID");
  }

  @Test
  void whatWasToldBeforeTheFirstBookingIsKept() {
    Instant now = Instant.now();
    told("reopened", now.minusSeconds(5));
    told("cancelled", now.minusSeconds(10));
    book(early);
  }

  @Test
  void aDeletedSessionStaysDeleted() {
    Instant now = Instant.now();
    told("deleted", now.minusSeconds(10));
    told("reopened", now);
    refused();
  }

  /** The event that says so got lost; catalog itself says it long after the cancellation. */
  @Test
  void catalogReopensItToo() {
    told("cancelled", Instant.now());
    refused();
    assertThat(attendee().getString("problem")).isEqualTo("session-not-bookable");
    cancelledLongAgo();
    assertThat(attendee().getString("problem")).isNull();
    book(early);
    told("cancelled", Instant.now().plusMillis(1));
    refused();
    cancelledLongAgo();
    book(scene.customer());
    told("deleted", Instant.now());
    cancelledLongAgo();
    refused();
  }

  private void cancelledLongAgo() {
    Service.books()
        .query(
            "UPDATE bookings.session_facts SET called_off_received_at ="
                + " called_off_received_at - interval '10 seconds' WHERE session_id = ?",
            session.id);
  }

  private JsonObject attendee() {
    JsonArray items =
        services
            .attendees(scene, session, List.of(scene.customer().id()))
            .is("200")
            .body()
            .getJsonArray("items");
    return items.getJsonObject(0);
  }
}
