package app.bookings.sandbox;

import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.PropertiesConfigSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * What is not configured in dev and test is provided: an embedded PostgreSQL, the sandbox's
 * neighbours and its keys. The environment always wins. A production build does not have this
 * class.
 */
public final class SandboxSettings implements ConfigSourceFactory {

  /** Below the environment and application.properties. */
  private static final int ORDINAL = 50;

  @Override
  public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
    boolean dev = context.getProfiles().contains("dev");
    boolean test = context.getProfiles().contains("test");
    if (!dev && !test) {
      return List.of();
    }
    Map<String, String> settings = new HashMap<>();
    ConfigValue host = context.getValue("DB_HOST");
    if (host == null || host.getValue() == null) {
      settings.putAll(EmbeddedDatabase.settings());
      if (dev) {
        // The sandbox's books begin anew at each reload: so do the bookings, in this database only.
        settings.put("quarkus.flyway.clean-at-start", "true");
      }
    }
    String port = test ? "${quarkus.http.test-port}" : "${quarkus.http.port}";
    for (String neighbour : List.of("catalog", "companies", "passes", "wallet", "payments")) {
      settings.put(
          neighbour.toUpperCase(java.util.Locale.ROOT) + "_URL",
          "http://localhost:" + port + "/sandbox/" + neighbour);
    }
    settings.put("SANDBOX_PUBLIC_KEY", SandboxKeys.publicKey());
    settings.put("bookings.token-secret", "a secret of the sandbox of 32 bytes or more");
    return List.of(new PropertiesConfigSource(settings, "sandbox", ORDINAL));
  }
}
