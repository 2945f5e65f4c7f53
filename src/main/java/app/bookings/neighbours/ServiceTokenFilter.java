package app.bookings.neighbours;

import app.bookings.platform.BookingsConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;

/**
 * Sends the service's own token to the neighbours when one is configured (contracts.md, "All
 * five").
 */
@ApplicationScoped
class ServiceTokenFilter implements ClientRequestFilter {

  private final BookingsConfig config;

  ServiceTokenFilter(BookingsConfig config) {
    this.config = config;
  }

  @Override
  public void filter(ClientRequestContext request) {
    config
        .serviceToken()
        .ifPresent(
            token -> request.getHeaders().putSingle(HttpHeaders.AUTHORIZATION, "Bearer " + token));
  }
}
