package app.bookings.faults;

import app.bookings.testsupport.GatedDatabase;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.HashMap;
import java.util.Map;

/** As {@link GatedDatabase}, with the deadline that production has. */
public final class GatedAsInProduction implements QuarkusTestProfile {
  @Override
  public Map<String, String> getConfigOverrides() {
    Map<String, String> settings = new HashMap<>(new GatedDatabase().getConfigOverrides());
    settings.put("bookings.request-deadline", "PT5S");
    return settings;
  }
}
