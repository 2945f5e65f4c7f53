package app.bookings.sandbox;

import io.quarkus.arc.profile.IfBuildProfile;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
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

  void welcome(@Observes StartupEvent event) {
    if (LaunchMode.current() != LaunchMode.DEVELOPMENT) {
      return;
    }
    System.out.printf(
        """

        Bookings, with PostgreSQL and the sandbox of its neighbours
          Swagger UI      %1$s/q/swagger-ui
          demo company    %2$s
          demo session    %3$s (25.00 EUR, 10 places)
          demo customer   %4$s (wallet 100.00, 200 points, a pass with 10 uses)
          wallet balance  curl -s %1$s/sandbox/control/customers/%4$s
          user token      %5$s
          service token   curl -s %1$s/sandbox/control/token

        Book with WALLET:
        curl -s -X POST %1$s/api/client/companies/%2$s/sessions/%3$s/bookings \\
          -H 'Content-Type: application/json' -H 'Authorization: Bearer %5$s' \\
          -d '{"paymentMethod":"WALLET"}'

        """,
        url, Demo.COMPANY, Demo.YOGA, Demo.CUSTOMER, SandboxKeys.userToken(ISSUER, Demo.USER));
  }
}
