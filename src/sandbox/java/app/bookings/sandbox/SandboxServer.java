package app.bookings.sandbox;

import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;

/** The sandbox as a process of its own, for a service that runs as in production. */
public final class SandboxServer {

  private SandboxServer() {}

  /** Arguments: the port to listen on, the URL of the bookings service. */
  public static void main(String... args) {
    int port = Integer.parseInt(args[0]);
    String url = "http://localhost:" + port;
    Vertx vertx = Vertx.vertx();
    Router router = Router.router(vertx);
    Sandbox sandbox = new Sandbox(vertx, url, args[1], url + "/sandbox/oidc");
    Demo.seed(sandbox);
    sandbox.mount(router);
    vertx
        .createHttpServer()
        .requestHandler(router)
        .listen(port)
        .onSuccess(server -> System.out.println("SANDBOX READY " + url))
        .onFailure(
            failure -> {
              System.err.println("The sandbox did not start: " + failure.getMessage());
              System.exit(1);
            });
  }
}
