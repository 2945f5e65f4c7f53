package app.bookings.sandbox;

import io.quarkus.arc.profile.IfBuildProfile;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.vertx.http.HttpServerStart;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import java.io.PrintStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Puts the sandbox into the same process, and says how to begin. */
@IfBuildProfile(anyOf = {"dev", "test"})
@ApplicationScoped
class SandboxMount {

  private static final String ISSUER = "sandbox";

  private final String url;

  SandboxMount(
      @ConfigProperty(name = "quarkus.http.port") int port,
      @ConfigProperty(name = "quarkus.http.test-port") int testPort) {
    this.url = "http://localhost:" + (LaunchMode.current() == LaunchMode.TEST ? testPort : port);
  }

  void mount(@Observes Router router, Vertx vertx) {
    Sandbox sandbox = new Sandbox(vertx, url, url, ISSUER);
    Demo.seed(sandbox);
    sandbox.mount(router);
  }

  /** Once the port is open, and in one piece: others write to the terminal, too. */
  void welcome(@ObservesAsync HttpServerStart opened) {
    if (LaunchMode.current() == LaunchMode.DEVELOPMENT) {
      say(System.out);
    }
  }

  void say(PrintStream terminal) {
    terminal.print(welcome());
  }

  private String welcome() {
    return """

        Bookings, with PostgreSQL and the sandbox of its neighbours
          Swagger UI      %1$s/q/swagger-ui
          demo company    %2$s
          demo session    %3$s (25.00 EUR, 10 places)
          demo customer   %4$s (wallet 100.00, 200 points, a pass with 10 uses)
          wallet balance  curl -s %1$s/sandbox/control/customers/%4$s
          user token      %5$s
          service token   curl -s %1$s/sandbox/control/token
          A start and a reload begin with these books and an empty database; tokens live a day.

        Book with WALLET:
        curl -s -X POST %1$s/api/client/companies/%2$s/sessions/%3$s/bookings \\
          -H 'Content-Type: application/json' -H 'Authorization: Bearer %5$s' \\
          -d '{"paymentMethod":"WALLET"}'

        """
        .formatted(
            url, Demo.COMPANY, Demo.YOGA, Demo.CUSTOMER, SandboxKeys.userToken(ISSUER, Demo.USER));
  }
}
