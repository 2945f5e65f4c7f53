package app.bookings.http.edge;

import io.quarkus.resteasy.reactive.server.runtime.ResteasyReactiveRecorder;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.HttpMethod;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.resteasy.reactive.server.handlers.ClassRoutingHandler;
import org.jboss.resteasy.reactive.server.mapping.RequestMapper;
import org.jboss.resteasy.reactive.server.mapping.RuntimeResource;

/** The methods of a path, for the header that a 405 must have: the framework leaves it out. */
@ApplicationScoped
class AllowedMethods {

  private record Route(String method, Pattern path, int literals) {}

  private volatile List<Route> routes;

  /** The value of {@code Allow}. */
  String at(String path) {
    if (routes == null) {
      // Known once everything is mounted, which is after beans are made.
      routes = routes();
    }
    List<Route> here =
        routes.stream().filter(route -> route.path().matcher(path).matches()).toList();
    // Where a path names something, it is not an id as well.
    int most = here.stream().mapToInt(Route::literals).max().orElse(0);
    Set<String> methods = new TreeSet<>();
    here.stream()
        .filter(route -> route.literals() == most)
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
                            resources(paths).map(each -> route(method, each)).forEach(found::add)));
    return found;
  }

  private static Stream<RuntimeResource> resources(RequestMapper<RuntimeResource> paths) {
    return paths.getTemplates().stream().map(path -> path.value);
  }

  private static Route route(String method, RuntimeResource resource) {
    String template = resource.getClassPath().template + resource.getPath().template;
    String[] literals =
        template.replaceAll("/+", "/").replaceAll("(.)/$", "$1").split("\\{[^}]*}", -1);
    String pattern =
        Arrays.stream(literals).map(Pattern::quote).collect(Collectors.joining("[^/]+"));
    return new Route(method, Pattern.compile(pattern + "/?"), String.join("", literals).length());
  }
}
