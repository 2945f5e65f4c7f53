package app.bookings.http.internal;

import static org.assertj.core.api.Assertions.assertThat;

import app.bookings.sandbox.EmbeddedDatabase;
import app.bookings.testsupport.Bookings;
import app.bookings.testsupport.Gate;
import app.bookings.testsupport.OtherServices;
import app.bookings.testsupport.Scene;
import app.bookings.testsupport.Service;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** api.md, "Internal", reminders: each handed out once, whatever becomes of a connection. */
@QuarkusTest
@TestProfile(RemindersTest.DatabaseBehindAGate.class)
class RemindersTest {

  private static Gate gate;

  private final Bookings bookings = Service.BOOKINGS;
  private final Scene scene = Service.scene();

  /** Answers of the database can be lost. */
  public static class DatabaseBehindAGate implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      if (gate == null) {
        gate = new Gate(Integer.parseInt(EmbeddedDatabase.settings().get("DB_PORT")));
      }
      return Map.of("DB_PORT", Integer.toString(gate.port()));
    }
  }

  @Test
  void aClaimWhoseAnswerWasLostHandsOutWhatItHadClaimed() {
    Set<String> mine = new HashSet<>();
    for (int i = 0; i < 20; i++) {
      Scene.Session session =
          scene.session(
              JsonObject.of("startsAt", Instant.now().plus(1, ChronoUnit.HOURS).toString()));
      mine.add(bookings.create(scene.customer(), session, "ON_SITE").is("201").text("id"));
    }
    JsonObject claim =
        JsonObject.of("startsBefore", Instant.now().plus(2, ChronoUnit.HOURS).toString())
            .put("limit", 7);
    OtherServices services = new OtherServices();
    gate.loseAnswer("UPDATE 7");
    List<String> handedOut = new ArrayList<>();
    JsonArray items;
    do {
      items = services.post("reminders/claim", claim).is("200").body().getJsonArray("items");
      assertThat(items).hasSizeLessThanOrEqualTo(7);
      items.forEach(item -> handedOut.add(((JsonObject) item).getString("id")));
    } while (!items.isEmpty());
    assertThat(gate.waitsForAnswer()).isFalse();
    assertThat(handedOut).doesNotHaveDuplicates().containsAll(mine);
  }
}
