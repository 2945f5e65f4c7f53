package app.bookings.testsupport;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Short time-outs, leases and intervals, and every neighbour behind a {@link Gate}. */
public final class QuickRecovery implements QuarkusTestProfile {

  public static final List<String> NEIGHBOURS =
      List.of("catalog", "companies", "passes", "wallet", "payments");

  private static final Map<String, Gate> GATES = new HashMap<>();

  public static Gate gate(String neighbour) {
    return GATES.get(neighbour);
  }

  public static void openAll() {
    GATES.values().forEach(Gate::open);
  }

  @Override
  public Map<String, String> getConfigOverrides() {
    Map<String, String> settings = new HashMap<>();
    settings.put("bookings.upstream-timeout", "PT0.4S");
    settings.put("bookings.recovery-interval", "PT0.2S");
    settings.put("bookings.settlement-lease", "PT2S");
    for (String neighbour : NEIGHBOURS) {
      Gate gate = GATES.computeIfAbsent(neighbour, n -> new Gate(8081));
      settings.put(
          neighbour.toUpperCase(Locale.ROOT) + "_URL",
          "http://localhost:" + gate.port() + "/sandbox/" + neighbour);
      settings.put("bookings.neighbours." + neighbour + ".breaker-delay", "PT0.1S");
    }
    return settings;
  }
}
