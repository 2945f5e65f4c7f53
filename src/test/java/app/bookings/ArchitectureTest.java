package app.bookings;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.quarkus.security.Authenticated;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Stream;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.junit.jupiter.api.Test;

/** quality.md, "Style": rules that hold for every class there is and will be. */
class ArchitectureTest {

  private static final JavaClasses ALL =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("app.bookings");

  private static final JavaClasses PRODUCTION =
      ALL.that(
          DescribedPredicate.describe(
              "of production", c -> !c.getPackageName().startsWith("app.bookings.sandbox")));

  private static final DescribedPredicate<JavaClass> RESOURCE =
      DescribedPredicate.describe(
          "resources", c -> c.isAnnotatedWith(Path.class) && !c.isInterface());

  @Test
  void aMutationOutlivesItsClient() {
    methods()
        .that()
        .areDeclaredInClassesThat(RESOURCE)
        .and(
            DescribedPredicate.describe(
                "mutate",
                m ->
                    Stream.of(POST.class, PUT.class, DELETE.class, PATCH.class)
                        .anyMatch(m::isAnnotatedWith)))
        .should(
            new ArchCondition<JavaMethod>("be @Cancellable(false)") {
              @Override
              public void check(JavaMethod method, ConditionEvents events) {
                boolean kept =
                    method.isAnnotatedWith(Cancellable.class)
                        && !method.getAnnotationOfType(Cancellable.class).value();
                events.add(new SimpleConditionEvent(method, kept, method.getFullName()));
              }
            })
        .check(PRODUCTION);
  }

  @Test
  void everyResourceSaysWhoMayCallIt() {
    classes()
        .that(RESOURCE)
        .should()
        .beAnnotatedWith(Authenticated.class)
        .orShould()
        .beAnnotatedWith(RolesAllowed.class)
        .orShould()
        .beAnnotatedWith(PermitAll.class)
        .check(PRODUCTION);
  }

  @Test
  void theInternalSurfaceIsForServicesOnly() {
    classes()
        .that(RESOURCE)
        .and(
            DescribedPredicate.describe(
                "internal",
                c -> c.getAnnotationOfType(Path.class).value().startsWith("/api/internal")))
        .should()
        .beAnnotatedWith(RolesAllowed.class)
        .check(PRODUCTION);
  }

  @Test
  void packagesDependInOneDirection() {
    slices().matching("app.bookings.(*)..").should().beFreeOfCycles().check(PRODUCTION);
  }

  @Test
  void theBookingKnowsNeitherNeighboursNorHttp() {
    noClasses()
        .that()
        .resideInAPackage("app.bookings.booking")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("app.bookings.neighbours..", "app.bookings.http..", "jakarta.ws.rs..")
        .check(PRODUCTION);
  }

  @Test
  void productionDoesNotKnowTheSandbox() {
    noClasses()
        .that()
        .resideOutsideOfPackage("app.bookings.sandbox")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("app.bookings.sandbox")
        .check(ALL);
  }

  @Test
  void nothingBlocksTheEventLoop() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("io.smallrye.mutiny.groups.UniAwait")
        .orShould()
        .dependOnClassesThat()
        .resideInAPackage("java.sql")
        .check(PRODUCTION);
  }

  @Test
  void namesSayWhatAClassIs() {
    noClasses().should().haveNameMatching(".*(Utils?|Helper|Manager|Impl)").check(ALL);
  }

  @Test
  void classesStaySmall() throws IOException {
    try (Stream<java.nio.file.Path> files = Files.walk(java.nio.file.Path.of("src"))) {
      List<String> large =
          files
              .filter(f -> f.toString().matches("src/(main|sandbox)/.*\\.java"))
              .filter(f -> lines(f) > 300)
              .map(java.nio.file.Path::toString)
              .toList();
      assertThat(large).isEmpty();
    }
  }

  private static long lines(java.nio.file.Path file) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.count();
    } catch (IOException unreadable) {
      throw new java.io.UncheckedIOException(unreadable);
    }
  }
}
