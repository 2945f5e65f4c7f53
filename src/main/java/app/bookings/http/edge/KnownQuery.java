package app.bookings.http.edge;

import app.bookings.problem.Problem;
import io.quarkus.arc.All;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.SimpleResourceInfo;

/**
 * Unknown query parameters are 400, on every operation, and so are known ones that are there twice
 * (api.md, "Client"): who mistypes a filter learns it instead of getting everything.
 */
class KnownQuery {

  private static final QueryParameters NONE = new QueryParameters(Void.class, Set.of(), Set.of());

  private final Map<Class<?>, QueryParameters> byClass = new HashMap<>();

  KnownQuery(@All List<QueryParameters> known) {
    known.forEach(each -> byClass.put(each.readBy(), each));
  }

  @ServerRequestFilter
  void check(ContainerRequestContext request, SimpleResourceInfo operation) {
    Map<String, List<String>> sent = request.getUriInfo().getQueryParameters();
    if (sent.isEmpty()) {
      return;
    }
    QueryParameters known =
        Arrays.stream(operation.parameterTypes())
            .filter(byClass::containsKey)
            .findFirst()
            .map(byClass::get)
            .orElse(NONE);
    sent.forEach(
        (name, values) -> {
          boolean once = known.once().contains(name);
          if (!once && !known.repeatable().contains(name)) {
            throw Problem.invalid("query", "unknown parameter");
          }
          if (once && values.size() > 1) {
            throw Problem.invalid(name, "must be there once");
          }
          // Further on an empty value would look like none.
          if (values.contains("")) {
            throw Problem.invalid(name, "must have a value");
          }
        });
  }
}
