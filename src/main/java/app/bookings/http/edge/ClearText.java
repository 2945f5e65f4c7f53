package app.bookings.http.edge;

import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.HttpServerOptions;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * HTTP/2 is spoken where the service itself does TLS, and never in clear text: there a connection
 * that has not said yet what it speaks is counted by nobody, so that no limit would hold.
 */
@ApplicationScoped
class ClearText implements HttpServerOptionsCustomizer {

  @Override
  public void customizeHttpServer(HttpServerOptions options) {
    options.setHttp2ClearTextEnabled(false);
  }
}
