package app.bookings.testsupport;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;

/** Database and neighbours for an integration test that starts the packaged service itself. */
public final class Neighbourhood implements QuarkusTestResourceLifecycleManager {

  private static Processes processes;

  public static Neighbours neighbours() {
    return processes.neighbours();
  }

  /** Where the service's health and metrics are. */
  public static String managementUrl() {
    return processes.managementUrl(0);
  }

  @Override
  public Map<String, String> start() {
    processes = new Processes(1);
    Map<String, String> settings = new HashMap<>(processes.settings());
    // They become properties of the JVM, which unlike the environment are taken by their own name.
    settings.put("bookings.token-secret", settings.get("BOOKINGS_TOKEN_SECRET"));
    settings.put(
        "quarkus.management.port",
        Integer.toString(URI.create(processes.managementUrl(0)).getPort()));
    return settings;
  }

  @Override
  public void stop() {
    try {
      processes.close();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
