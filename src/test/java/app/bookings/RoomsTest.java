package app.bookings;

import static org.assertj.core.api.Assertions.assertThat;

import app.bookings.testsupport.Fast;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The rooms of the house and the arrows between them, as data (0030, "Decision"): a room uses what
 * is written here and nothing else, and what is written here is used. From top to bottom: no arrow
 * leads up.
 */
@Fast
class RoomsTest {

  private static final String BASE = "app.bookings.";

  private static final Path SOURCES = Path.of("src", "main", "java", "app", "bookings");
  private static final Pattern IMPORT =
      Pattern.compile("(?m)^import (?:static )?app\\.bookings\\.([a-z.]+)\\.[A-Z]");

  private static final Map<String, Set<String>> ARROWS = new LinkedHashMap<>();

  static {
    room("startup", "database platform");
    room(
        "http.client",
        "http http.edge http.openapi application idempotency storage view booking problem platform");
    room(
        "http.guest",
        "http http.openapi application idempotency neighbours storage view booking settlement"
            + " problem platform");
    room(
        "http.internal",
        "http http.edge http.openapi events.in application storage view booking problem platform");
    room("http", "application idempotency view booking settlement problem platform");
    room("http.edge", "idempotency problem platform");
    room("http.openapi", "view problem");
    room(
        "events.in",
        "application settling background neighbours storage seats booking settlement database"
            + " problem platform");
    room("events.out", "background storage problem platform");
    room(
        "application",
        "settling background neighbours storage seats view booking settlement database problem"
            + " platform");
    room(
        "settling",
        "background neighbours storage seats booking settlement database problem platform");
    room("background", "storage database problem platform");
    room("idempotency", "neighbours storage booking database problem platform");
    room("neighbours", "seats booking settlement problem platform");
    room("storage", "seats view booking settlement database problem platform");
    room("seats", "database platform");
    room("view", "booking settlement problem");
    room("booking", "settlement problem platform");
    room("settlement", "platform");
    room("database", "problem platform");
    room("problem", "platform");
    room("platform", "");
  }

  private static void room(String name, String uses) {
    ARROWS.put(name, uses.isEmpty() ? Set.of() : Set.of(uses.split(" ")));
  }

  private static String room(JavaClass type) {
    String pack = type.getPackageName();
    return pack.startsWith(BASE) ? pack.substring(BASE.length()) : "";
  }

  private static JavaClasses production() {
    return new ClassFileImporter()
        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
        .withImportOption(location -> !location.contains("/sandbox/"))
        .importPackages("app.bookings");
  }

  /** The same by what sources import: of constants nothing is left in classes. */
  private static Set<String> imported(String room) throws IOException {
    Set<String> found = new TreeSet<>();
    try (Stream<Path> files = Files.list(SOURCES.resolve(room.replace('.', '/')))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
        Matcher imports = IMPORT.matcher(Files.readString(file));
        while (imports.find()) {
          found.add(imports.group(1));
        }
      }
    }
    found.remove(room);
    return found;
  }

  /** Which rooms use which, each with one example. */
  private static Map<String, Map<String, String>> arrows(JavaClasses classes) {
    Map<String, Map<String, String>> found = new TreeMap<>();
    for (JavaClass type : classes) {
      for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
        JavaClass target = dependency.getTargetClass().getBaseComponentType();
        if (target.getPackageName().startsWith(BASE) && !room(target).equals(room(type))) {
          found
              .computeIfAbsent(room(type), from -> new TreeMap<>())
              .put(room(target), dependency.getDescription());
        }
      }
    }
    return found;
  }

  /** What the table does not have, with an example each. */
  private static List<String> forbidden(JavaClasses classes) {
    List<String> forbidden = new ArrayList<>();
    arrows(classes)
        .forEach(
            (from, uses) ->
                uses.forEach(
                    (to, example) -> {
                      if (!ARROWS.getOrDefault(from, Set.of()).contains(to)) {
                        forbidden.add(from + " -> " + to + ": " + example);
                      }
                    }));
    return forbidden;
  }

  @Test
  void aRoomUsesWhatTheTableSays() {
    assertThat(forbidden(production())).isEmpty();
  }

  @Test
  void theTableSaysNoMoreThanIsUsed() throws IOException {
    Map<String, Map<String, String>> used = arrows(production());
    for (Map.Entry<String, Set<String>> room : ARROWS.entrySet()) {
      Set<String> uses = imported(room.getKey());
      uses.addAll(used.getOrDefault(room.getKey(), Map.of()).keySet());
      assertThat(uses).as(room.getKey()).containsExactlyInAnyOrderElementsOf(room.getValue());
    }
    System.out.printf(
        "%d rooms, %d arrows%n", ARROWS.size(), ARROWS.values().stream().mapToInt(Set::size).sum());
  }

  @Test
  void noArrowLeadsUp() {
    List<String> order = List.copyOf(ARROWS.keySet());
    ARROWS.forEach(
        (from, uses) ->
            uses.forEach(
                to ->
                    assertThat(order.indexOf(to))
                        .as(from + " -> " + to)
                        .isGreaterThan(order.indexOf(from))));
  }

  /** The rule sees what breaks it: a class of the lowest room that knows the booking. */
  @Test
  void anArrowThatTheTableLacksIsSeen() {
    JavaClasses wrong =
        new ClassFileImporter().importClasses(app.bookings.platform.KnowsTheBooking.class);
    assertThat(forbidden(wrong)).singleElement().asString().startsWith("platform -> booking: ");
  }

  @Test
  void everyRoomSaysInOneSentenceWhatItHolds() throws IOException {
    Set<String> rooms = new TreeSet<>();
    try (Stream<Path> files = Files.walk(SOURCES)) {
      files
          .filter(file -> file.toString().endsWith(".java"))
          .map(file -> SOURCES.relativize(file.getParent()).toString().replace('/', '.'))
          .forEach(rooms::add);
    }
    assertThat(rooms).containsExactlyInAnyOrderElementsOf(ARROWS.keySet());
    for (String room : rooms) {
      assertThat(SOURCES.resolve(room.replace('.', '/')).resolve("package-info.java"))
          .as(room)
          .content()
          .containsPattern("(?s)^/\\*\\*[^.]+\\.\\s*\\*/");
    }
  }
}
