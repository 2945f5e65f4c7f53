package app.bookings.problem;

import io.quarkus.resteasy.reactive.server.runtime.ResteasyReactiveRecorder;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.HttpMethod;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jboss.resteasy.reactive.server.handlers.ClassRoutingHandler;
import org.jboss.resteasy.reactive.server.mapping.RequestMapper;
import org.jboss.resteasy.reactive.server.mapping.RuntimeResource;

/** The methods of a path, for the header that a 405 must have: the framework leaves it out. */
@ApplicationScoped
class AllowedMethods {

  private record Route(String method, Pattern path) {}

  private volatile List<Route> routes;

  /** The value of {@code Allow}. */
  String at(String path) {
    if (routes == null) {
      // Known once everything is mounted, which is after beans are made.
      routes = routes();
    }
    Set<String> methods = new TreeSet<>();
    routes.stream()
        .filter(route -> route.path().matcher(path).matches())
        .forEach(route -> methods.add(route.method()));
    if (methods.contains(HttpMethod.GET)) {
      methods.add(HttpMethod.HEAD);
    }
    methods.add(HttpMethod.OPTIONS);
    return String.join(", ", methods);
  }

  private static List<Route> routes() {
    List<Route> found = new ArrayList<>();
    ResteasyReactiveRecorder.getCurrentDeployment().getClassMappers().stream()
        .flatMap(mapped -> Arrays.stream(mapped.value.handlers))
        .filter(ClassRoutingHandler.class::isInstance)
        .map(ClassRoutingHandler.class::cast)
        .forEach(
            resource ->
                resource
                    .getMappers()
                    .forEach(
                        (method, paths) ->
                            resources(paths)
                                .map(each -> new Route(method, pattern(each)))
                                .forEach(found::add)));
    return found;
  }

  private static Stream<RuntimeResource> resources(RequestMapper<RuntimeResource> paths) {
    return paths.getTemplates().stream().map(path -> path.value);
  }

  private static Pattern pattern(RuntimeResource resource) {
    String template = resource.getClassPath().template + resource.getPath().template;
    String literals =
        Arrays.stream(
                template.replaceAll("/+", "/").replaceAll("(.)/$", "$1").split("\\{[^}]*}", -1))
            .map(Pattern::quote)
            .reduce((left, right) -> left + "[^/]+" + right)
            .orElse("");
    return Pattern.compile(literals + "/?");
  }
}
