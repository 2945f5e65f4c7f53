package app.bookings.startup;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;

/** Starts the service; in production only when everything it needs is configured. */
@QuarkusMain
public class Main {

  /** Where traces go; whoever sets it wants them (api.md, "Configuration"). */
  private static final String OTLP = "OTEL_EXPORTER_OTLP_ENDPOINT";

  /** What a connection may hold: its header, a part of a body, an answer under way. */
  private static final long BYTES_PER_CONNECTION = 128 * 1024;

  public static void main(String... args) {
    boolean training = System.getProperty("quarkus.appcds.generate") != null;
    if (!developing() && !training) {
      RequiredSettings.missing()
          .ifPresent(
              message -> {
                System.err.println(message);
                System.exit(1);
              });
    }
    if (System.getenv(OTLP) != null) {
      System.setProperty("quarkus.otel.sdk.disabled", "false");
    }
    System.setProperty(
        "connections.most", Long.toString(Runtime.getRuntime().maxMemory() / BYTES_PER_CONNECTION));
    Quarkus.run(args);
  }

  /** The launch mode is not set yet, but only dev mode loads the application for reloading. */
  private static boolean developing() {
    return Main.class.getClassLoader().getClass().getName().endsWith(".QuarkusClassLoader");
  }
}
