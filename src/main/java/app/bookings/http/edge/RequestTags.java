package app.bookings.http.edge;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.config.MeterFilter;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.impl.HttpServerRequestInternal;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a request is counted under: its route and its method, both of a closed list, so that whoever
 * invents paths and methods makes no new series (reliability.md, "Exhaustion").
 */
@Singleton
class RequestTags {

  /** Where the framework looks for a request's route; whoever matches it replaces this one. */
  private static final String ROUTE = "UrlPathTemplate";

  private static final String NO_ROUTE = "UNROUTED";
  private static final String METHOD = "method";
  private static final String NO_METHOD = "OTHER";
  private static final Set<String> METHODS =
      HttpMethod.values().stream().map(HttpMethod::name).collect(Collectors.toUnmodifiableSet());

  void install(@Observes Filters filters) {
    filters.register(RequestTags::unrouted, Integer.MAX_VALUE);
  }

  private static void unrouted(RoutingContext context) {
    ((HttpServerRequestInternal) context.request()).context().putLocal(ROUTE, NO_ROUTE);
    context.next();
  }

  @Produces
  @Singleton
  MeterFilter methods() {
    return new MeterFilter() {
      @Override
      public Meter.Id map(Meter.Id id) {
        String method = id.getName().startsWith("http.server.") ? id.getTag(METHOD) : null;
        return method == null || METHODS.contains(method)
            ? id
            : id.withTag(Tag.of(METHOD, NO_METHOD));
      }
    };
  }
}
