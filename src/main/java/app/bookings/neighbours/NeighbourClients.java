package app.bookings.neighbours;

import app.bookings.platform.BookingsConfig;
import app.bookings.platform.ResponseBound;
import io.quarkus.rest.client.reactive.QuarkusRestClientBuilder;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.TimeUnit;

/** Makes the clients of the neighbours' contracts. */
@ApplicationScoped
class NeighbourClients {
  private final BookingsConfig config;
  private final NeighboursConfig neighbours;
  private final ServiceTokenFilter serviceToken;

  NeighbourClients(
      BookingsConfig config, NeighboursConfig neighbours, ServiceTokenFilter serviceToken) {
    this.config = config;
    this.neighbours = neighbours;
    this.serviceToken = serviceToken;
  }

  /** A client of the interface, with timeouts of its own: the defaults are 15 and 30 seconds. */
  <T> T client(Neighbour neighbour, Class<T> api) {
    NeighboursConfig.Connection connection = neighbours.neighbours().get(neighbour);
    long millis = config.upstreamTimeout().toMillis();
    return QuarkusRestClientBuilder.newBuilder()
        .baseUri(connection.url())
        .connectTimeout(millis, TimeUnit.MILLISECONDS)
        .readTimeout(millis, TimeUnit.MILLISECONDS)
        .property("io.quarkus.rest.client.connection-pool-size", connection.concurrency())
        .property("microprofile.rest.client.disable.default.mapper", true)
        .register(serviceToken)
        .httpClientRequestCustomizer(ResponseBound::of)
        .build(api);
  }
}
