package app.bookings.http.internal;

import static org.assertj.core.api.Assertions.assertThat;

import app.bookings.seats.Capacity;
import app.bookings.seats.Seats;
import app.bookings.testsupport.Bookings;
import app.bookings.testsupport.OtherServices;
import app.bookings.testsupport.Scene;
import app.bookings.testsupport.Service;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** reliability.md, "Facts that outlive an event": clocks differ, and news drops what is cached. */
@QuarkusTest
class CapacityNewsTest {

  @Inject Seats seats;

  private final Bookings bookings = Service.BOOKINGS;
  private final OtherServices services = new OtherServices();
  private final Scene scene = Service.scene();
  private final Scene.Session session = scene.sessionOf(1);

  private void told(int capacity, Instant at) {
    services
        .tell(
            OtherServices.event(
                    "/catalog",
                    "session.capacity-changed",
                    JsonObject.of("sessionId", session.id.toString(), "capacity", capacity))
                .put("time", at.toString()))
        .is("204");
  }

  private void capacityIs(int capacity) {
    assertThat(
            Service.books()
                .query(
                    "SELECT capacity FROM bookings.session_seats WHERE session_id = ?", session.id))
        .containsExactly(Map.of("capacity", Integer.toString(capacity)));
  }

  @Test
  void aSenderWhoseClockIsBehindIsBelievedAtOnce() {
    bookings.create(scene.customer(), session, "ON_SITE").is("201");
    scene.neighbours.putSession(session.id, JsonObject.of("capacity", 2));
    told(2, Instant.now().minusSeconds(2));
    bookings.create(scene.customer(), session, "ON_SITE").is("201");
    bookings.create(scene.customer(), session, "ON_SITE").is("409 session-full");
  }

  @Test
  void whatWasToldLongBeforeCatalogWasAskedIsNoNews() {
    bookings.create(scene.customer(), session, "ON_SITE").is("201");
    told(5, Instant.now().minusSeconds(10));
    bookings.create(scene.customer(), session, "ON_SITE").is("409 session-full");
  }

  @Test
  void eventsOfOneSenderAreComparedExactly() {
    Instant now = Instant.now();
    told(4, now);
    told(9, now.minusMillis(1));
    capacityIs(4);
    told(3, now.plusMillis(1));
    capacityIs(3);
    told(9, now);
    capacityIs(3);
  }

  @Test
  void eventsThatCameLateAreStillAppliedInTheirOrder() {
    Instant past = Instant.now().minusSeconds(60);
    told(4, past);
    told(3, past.plusSeconds(1));
    capacityIs(3);
  }

  @Test
  void anAnswerThatWasAskedForBeforeTheEventLosesAndALaterOneWins() {
    told(4, Instant.now().minusSeconds(2));
    assertThat(free(new Capacity(1, Instant.now().minusSeconds(1)))).isEqualTo(4);
    assertThat(free(new Capacity(1, Instant.now().plusMillis(1)))).isEqualTo(1);
  }

  private Integer free(Capacity known) {
    return seats.look(session.id, known, null).await().atMost(Duration.ofSeconds(10)).free();
  }

  @Test
  void newsOfASessionDropsWhatIsCached() {
    JsonObject order = JsonObject.of("paymentMethod", "ON_SITE");
    String quote = session.path() + "/quote";
    String token = scene.customer().token();
    bookings.post(token, quote, order).is("200");
    scene.neighbours.putSession(session.id, JsonObject.of("price", "30.00"));
    told(7, Instant.now());
    assertThat(bookings.post(token, quote, order).is("200").text("price")).isEqualTo("30.00");
  }
}
