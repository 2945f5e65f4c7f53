package app.bookings.testsupport;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/** Every operation that the service documents, for rules that hold for all of them. */
public final class Operations {

  private static final Set<String> METHODS = Set.of("get", "post", "put", "delete", "patch");

  private final JsonObject document;

  public Operations() {
    this.document =
        Service.BOOKINGS
            .send("GET", "/q/openapi", null, null, Map.of("Accept", "application/json"))
            .is("200")
            .body();
  }

  /**
   * An operation.
   *
   * @param path with names of parameters in braces
   */
  public record Operation(String method, String path, JsonObject documented) {

    public boolean internal() {
      return path.startsWith("/api/internal");
    }

    /** With an id for each parameter. */
    public String somewhere() {
      return path.replaceAll("\\{[^}]+}", UUID.randomUUID().toString());
    }

    public List<String> pathParameters() {
      return parameters("path");
    }

    public List<String> queryParameters() {
      return parameters("query");
    }

    private List<String> parameters(String in) {
      return documented.getJsonArray("parameters", new JsonArray()).stream()
          .map(JsonObject.class::cast)
          .filter(parameter -> in.equals(parameter.getString("in")))
          .map(parameter -> parameter.getString("name"))
          .toList();
    }

    @Override
    public String toString() {
      return method + " " + path;
    }
  }

  public List<Operation> all() {
    List<Operation> all = new ArrayList<>();
    JsonObject paths = document.getJsonObject("paths");
    for (String path : paths.fieldNames()) {
      JsonObject item = paths.getJsonObject(path);
      for (String method : methods(path)) {
        all.add(new Operation(method, path, item.getJsonObject(method.toLowerCase(Locale.ROOT))));
      }
    }
    return all;
  }

  /** In alphabetical order. */
  public Set<String> methods(String path) {
    Set<String> methods = new TreeSet<>();
    document.getJsonObject("paths").getJsonObject(path).fieldNames().stream()
        .filter(METHODS::contains)
        .map(method -> method.toUpperCase(Locale.ROOT))
        .forEach(methods::add);
    return methods;
  }

  /** The schema behind a reference, and of several the one that is not null. */
  public JsonObject schema(JsonObject schema) {
    String reference = schema.getString("$ref");
    if (reference != null) {
      String name = reference.substring(reference.lastIndexOf('/') + 1);
      return schema(
          document.getJsonObject("components").getJsonObject("schemas").getJsonObject(name));
    }
    for (String choice : List.of("anyOf", "oneOf")) {
      for (Object option : schema.getJsonArray(choice, new JsonArray())) {
        if (!"null".equals(((JsonObject) option).getString("type"))) {
          return schema((JsonObject) option);
        }
      }
    }
    return schema;
  }

  public JsonObject document() {
    return document;
  }
}
