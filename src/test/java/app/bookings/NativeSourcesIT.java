package app.bookings;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import app.bookings.platform.JsonText;
import app.bookings.problem.ProblemDocument;
import app.bookings.view.BookingView;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.persistence.Entity;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

/**
 * What GraalVM would compile, as the build leaves it in {@code native-sources}: whatever crosses as
 * JSON, is stored, or is called must be registered there, since nothing else exists in a native
 * executable.
 */
class NativeSourcesIT {

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("app.bookings");

  private static final String NEIGHBOURS = "app.bookings.neighbours";

  private static final Set<String> WRITERS =
      Set.of(JsonText.class.getName(), "app.bookings.http.VersionedResponse");

  private static ZipFile jar() throws IOException {
    return new ZipFile(
        java.nio.file.Path.of(
                System.getProperty("build.directory"),
                "native-sources",
                "bookings-1.0.0-runner.jar")
            .toFile());
  }

  private static Set<String> registered() throws IOException {
    try (ZipFile jar = jar();
        var config =
            jar.getInputStream(jar.getEntry("META-INF/native-image/reflect-config.json"))) {
      return new JsonArray(new String(config.readAllBytes(), StandardCharsets.UTF_8))
          .stream()
              .map(JsonObject.class::cast)
              .map(entry -> entry.getString("name"))
              .collect(Collectors.toSet());
    }
  }

  private static boolean ours(JavaClass type) {
    return type.getPackageName().startsWith("app.bookings")
        && !type.getPackageName().startsWith("app.bookings.sandbox");
  }

  /** What resources take and give, with all that is inside. */
  private static Set<String> dtos() {
    Set<String> found = new TreeSet<>();
    CLASSES.stream()
        .filter(c -> ours(c) && c.isAnnotatedWith(Path.class) && !c.isInterface())
        .flatMap(c -> c.getMethods().stream())
        .filter(m -> m.getModifiers().toString().contains("PUBLIC"))
        .flatMap(NativeSourcesIT::crossing)
        .forEach(type -> walk(type, found));
    return found;
  }

  private static Stream<JavaClass> crossing(JavaMethod method) {
    List<JavaType> types = new ArrayList<>();
    types.add(method.getReturnType());
    method.getParameters().stream()
        .filter(p -> !p.isAnnotatedWith(Context.class))
        .forEach(p -> types.add(p.getType()));
    return types.stream().flatMap(type -> type.getAllInvolvedRawTypes().stream());
  }

  private static void walk(JavaClass type, Set<String> found) {
    if (ours(type) && !type.isInterface() && found.add(type.getName())) {
      type.getFields().stream()
          .filter(f -> !f.getModifiers().toString().contains("STATIC"))
          .flatMap(f -> f.getType().getAllInvolvedRawTypes().stream())
          .forEach(inside -> walk(inside, found));
    }
  }

  /** The contracts of the neighbours: what is sent, and what their answers are read as. */
  private static Set<String> ofNeighbours() {
    return CLASSES.stream()
        .filter(c -> c.getPackageName().equals(NEIGHBOURS))
        .filter(c -> c.isRecord() || c.isEnum())
        .map(JavaClass::getName)
        // Ours, and not of what crosses: the time an answer came, how it is read, who is asked.
        .filter(name -> !name.matches(".*(Catalog\\$Seen|NeighbourResponse|\\.Neighbour)"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Documents of rows, with all that is inside. */
  private static Set<String> documents() {
    Set<String> found = new TreeSet<>();
    CLASSES.stream()
        .filter(c -> ours(c) && c.isAnnotatedWith(RegisterForReflection.class))
        .flatMap(c -> Stream.of(c.reflect().getAnnotation(RegisterForReflection.class).targets()))
        .map(target -> CLASSES.get(target.getName()))
        .forEach(type -> walk(type, found));
    found.removeIf(name -> name.endsWith(".PendingChanges") || name.contains(".PendingChanges$"));
    return found;
  }

  /**
   * What code writes as JSON by itself: its type is named at each call. What requests are told
   * apart by is written as an Object: their bodies are among what resources take.
   */
  private static Set<String> written() {
    Set<String> found = new TreeSet<>();
    CLASSES.stream()
        .filter(NativeSourcesIT::ours)
        .flatMap(c -> c.getCodeUnits().stream())
        .filter(
            unit ->
                unit.getMethodCallsFromSelf().stream()
                    .anyMatch(
                        call ->
                            WRITERS.contains(call.getTargetOwner().getName())
                                && !unit.getOwner().equals(call.getTargetOwner())))
        .flatMap(unit -> unit.getReferencedClassObjects().stream())
        .forEach(reference -> walk(reference.getRawType(), found));
    return found;
  }

  @Test
  void jsonIsWrittenInOnePlace() {
    noClasses()
        .that()
        .resideOutsideOfPackage("app.bookings.sandbox..")
        .and()
        .doNotHaveFullyQualifiedName(JsonText.class.getName())
        // The columns of rows, whose types are named there.
        .and()
        .doNotHaveFullyQualifiedName("app.bookings.storage.ColumnJson")
        .should()
        .callMethodWhere(
            target(owner(assignableTo(ObjectMapper.class)))
                .and(target(nameMatching("write.*|valueToTree|convertValue"))))
        .orShould()
        .callMethodWhere(target(owner(assignableTo(ObjectWriter.class))))
        .check(CLASSES);
    // Whatever else goes out as an entity has been written there, or has its type named.
    classes()
        .that()
        .resideOutsideOfPackage("app.bookings.sandbox..")
        .and(
            describe(
                "make entities",
                type ->
                    type.getMethodCallsFromSelf().stream()
                        .anyMatch(
                            call ->
                                (call.getName().equals("entity") || call.getName().equals("ok"))
                                    && call.getTargetOwner()
                                        .getName()
                                        .startsWith("jakarta.ws.rs.core.Response"))))
        .should()
        .haveNameMatching(".*\\.(BookingResponses|ProblemMappers|VersionedResponse)")
        .check(CLASSES);
  }

  @Test
  void everyTypeThatCrossesIsRegistered() throws IOException {
    Set<String> registered = registered();
    assertThat(dtos()).hasSizeGreaterThan(30).isSubsetOf(registered);
    assertThat(written())
        .contains(ProblemDocument.class.getName(), BookingView.class.getName())
        .isSubsetOf(registered);
    assertThat(ofNeighbours()).hasSizeGreaterThan(12).isSubsetOf(registered);
    assertThat(documents()).hasSizeGreaterThan(8).isSubsetOf(registered);
    assertThat(
            CLASSES.stream()
                .filter(c -> ours(c) && c.isAnnotatedWith(Entity.class))
                .map(JavaClass::getName))
        .hasSizeGreaterThan(1)
        .isSubsetOf(registered);
  }

  @Test
  void everyClientHasItsImplementation() throws IOException {
    try (ZipFile jar = jar()) {
      List<String> clients =
          CLASSES.stream()
              .filter(c -> ours(c) && c.isInterface() && c.isAnnotatedWith(Path.class))
              .map(c -> c.getName().replace('.', '/'))
              .toList();
      assertThat(clients).hasSize(5);
      for (String client : clients) {
        assertThat(jar.stream().map(java.util.zip.ZipEntry::getName))
            .anyMatch(name -> name.startsWith(client + "$$QuarkusRestClientInterface"));
      }
    }
  }

  @Test
  void migrationsAreResources() throws IOException {
    try (ZipFile jar = jar();
        var config =
            jar.getInputStream(jar.getEntry("META-INF/native-image/resource-config.json"))) {
      String resources = new String(config.readAllBytes(), StandardCharsets.UTF_8);
      try (var files =
          java.nio.file.Files.list(java.nio.file.Path.of("src/main/resources/db/migration"))) {
        assertThat(files.map(file -> "db/migration/" + file.getFileName()))
            .isNotEmpty()
            .allMatch(resources::contains);
      }
    }
  }

  @Test
  void noClassOfTheSandboxIsInIt() throws IOException {
    try (ZipFile jar = jar()) {
      assertThat(jar.stream().map(java.util.zip.ZipEntry::getName))
          .noneMatch(name -> name.startsWith("app/bookings/sandbox"));
    }
  }
}
