package app.bookings.testsupport;

import app.bookings.sandbox.EmbeddedDatabase;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.HashMap;
import java.util.Map;

/** As {@link QuickRecovery}, with the database behind a gate, too, and a short deadline. */
public final class GatedDatabase implements QuarkusTestProfile {

  private static Gate gate;

  public static synchronized Gate gate() {
    if (gate == null) {
      gate = new Gate(Integer.parseInt(EmbeddedDatabase.settings().get("DB_PORT")));
    }
    return gate;
  }

  @Override
  public Map<String, String> getConfigOverrides() {
    Map<String, String> settings = new HashMap<>(new QuickRecovery().getConfigOverrides());
    settings.putAll(EmbeddedDatabase.settings());
    settings.put("DB_PORT", Integer.toString(gate().port()));
    settings.put("bookings.request-deadline", "PT2S");
    settings.put("quarkus.datasource.reactive.max-size", "10");
    return settings;
  }
}
