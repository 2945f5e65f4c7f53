package app.bookings.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is shipped: all of it in the bill of materials, under licences that may be used. */
class DependenciesIT {

  private static final List<String> ALLOWED =
      List.of(
          "Apache",
          "MIT",
          "BSD",
          "EPL",
          "Eclipse",
          "EDL",
          "UPL",
          "Universal Permissive",
          "CC0",
          "Public Domain",
          "LGPL",
          "classpath",
          "Go License",
          "PostgreSQL",
          "Bouncy Castle");

  private static List<JsonObject> components() throws IOException {
    JsonObject bom = new JsonObject(Files.readString(Path.of("target", "bom.json")));
    return bom.getJsonArray("components").stream().map(JsonObject.class::cast).toList();
  }

  private static Set<String> shipped() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("target", "quarkus-app", "lib", "main"))) {
      return files.map(f -> f.getFileName().toString()).collect(Collectors.toSet());
    }
  }

  private static String fileName(JsonObject component) {
    return component.getString("group")
        + "."
        + component.getString("name")
        + "-"
        + component.getString("version");
  }

  @Test
  void everythingThatIsShippedIsInTheBillOfMaterials() throws IOException {
    List<String> known = components().stream().map(DependenciesIT::fileName).toList();
    assertThat(shipped().stream().filter(jar -> known.stream().noneMatch(jar::startsWith)))
        .isEmpty();
  }

  @Test
  void everythingThatIsShippedMayBeUsed() throws IOException {
    Set<String> shipped = shipped();
    List<String> wrong = new ArrayList<>();
    for (JsonObject component : components()) {
      if (shipped.stream().noneMatch(jar -> jar.startsWith(fileName(component)))) {
        continue;
      }
      String licences = component.getJsonArray("licenses", new JsonArray()).encode();
      if (ALLOWED.stream().noneMatch(licences::contains)) {
        wrong.add(fileName(component) + " " + licences);
      }
    }
    assertThat(wrong).isEmpty();
  }
}
