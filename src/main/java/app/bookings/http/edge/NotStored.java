package app.bookings.http.edge;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Answers of the API are not stored, except those that set Cache-Control themselves. */
@ApplicationScoped
class NotStored {

  private static final String API = "/api/";

  void install(@Observes Filters filters) {
    filters.register(NotStored::mark, Integer.MAX_VALUE);
  }

  private static void mark(RoutingContext context) {
    if (context.normalizedPath().startsWith(API)) {
      HttpServerResponse response = context.response();
      context.addHeadersEndHandler(
          done -> {
            if (!response.headers().contains(HttpHeaders.CACHE_CONTROL)) {
              response.putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
            }
          });
    }
    context.next();
  }
}
