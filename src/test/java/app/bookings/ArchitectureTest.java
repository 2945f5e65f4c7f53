package app.bookings;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import app.bookings.database.Database;
import app.bookings.database.Statement;
import app.bookings.testsupport.Fast;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.junit.jupiter.api.Test;

/** CONTRIBUTING.md, "House rules": rules that hold for every class there is and will be. */
@Fast
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

  /** What a class's constants say in SQL, whatever it does with them. */
  private static ArchCondition<JavaClass> say(String what, Pattern sql) {
    return new ArchCondition<>("say in SQL: " + what) {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        events.add(
            new SimpleConditionEvent(type, sql.matcher(text(type)).find(), type.getFullName()));
      }
    };
  }

  /** Constants stand in a class file as they are. */
  private static String text(JavaClass type) {
    try {
      return Files.readString(
          java.nio.file.Path.of(type.getSource().orElseThrow().getUri()),
          StandardCharsets.ISO_8859_1);
    } catch (IOException unreadable) {
      throw new java.io.UncheckedIOException(unreadable);
    }
  }

  private static DescribedPredicate<JavaMethodCall> callOf(Class<?> owner, String... names) {
    return DescribedPredicate.describe(
        owner.getSimpleName() + List.of(names),
        call ->
            call.getTargetOwner().isAssignableTo(owner)
                && List.of(names).contains(call.getTarget().getName()));
  }

  private static final ArchRule WRITES_ARE_IN_STORAGE =
      noClasses()
          .that()
          .resideOutsideOfPackage("app.bookings.storage")
          .should(
              say(
                  "write bookings, their lines, history or events, or read the outbox",
                  Pattern.compile(
                      "(INSERT INTO|UPDATE|DELETE FROM)\\s+bookings\\."
                          + "(bookings|booking_extra|booking_status_history|outbox\\w*)\\b"
                          + "|(FROM|JOIN)\\s+bookings\\.outbox")));

  private static final ArchRule WHAT_OTHERS_ARE_TOLD_OF_HAS_ONE_WRITER =
      noClasses()
          .that()
          .haveNameNotMatching("app\\.bookings\\.storage\\.BookingStatements(\\$.*)?")
          .should(
              say(
                  "change what history and events tell of",
                  Pattern.compile(
                      "UPDATE bookings\\.bookings\\b((?!WHERE|FROM)[\\s\\S])*?"
                          + "\\b(status|payment_state|payment_method|starts_at|checked_in_at) ="
                          + "|INSERT INTO bookings\\.(bookings|booking_status_history|outbox)\\b")));

  private static final ArchRule STORES_ALONE_USE_THE_DATABASE =
      noClasses()
          .that()
          .resideOutsideOfPackage("app.bookings.database")
          .and()
          .haveNameNotMatching(".*(Store|Queries|Statements|Metrics|\\.Seats|\\.Retention)")
          .should()
          .callMethodWhere(callOf(Database.class, "read", "statement", "transaction"))
          .orShould()
          .callMethodWhere(callOf(Statement.class, "execute"));

  private static final ArchRule STATEMENTS_HAVE_NAMES =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName(Statement.class.getName())
          .should()
          .callMethodWhere(callOf(SqlClient.class, "query", "preparedQuery"));

  private static final ArchRule STATEMENTS_ARE_CONSTANTS =
      noClasses()
          .should()
          .callMethodWhere(
              DescribedPredicate.and(
                  callOf(Statement.class, "named", "family"),
                  DescribedPredicate.describe(
                      "while it runs", call -> !call.getOrigin().getName().equals("<clinit>"))));

  private static final List<ArchRule> OF_STATEMENTS =
      List.of(
          WRITES_ARE_IN_STORAGE,
          WHAT_OTHERS_ARE_TOLD_OF_HAS_ONE_WRITER,
          STORES_ALONE_USE_THE_DATABASE,
          STATEMENTS_HAVE_NAMES,
          STATEMENTS_ARE_CONSTANTS);

  @Test
  void statementsAreWhereTheyBelong() {
    OF_STATEMENTS.forEach(rule -> rule.check(PRODUCTION));
  }

  /** What each rule of statements is there to refuse. */
  static final class WritesByItself {
    private static final String CANCEL = "UPDATE bookings.bookings SET status = 'CANCELLED'";

    Uni<?> write(Database database, SqlConnection connection) {
      return database
          .statement(Statement.named("bookings.cancel", CANCEL), Tuple.tuple())
          .chain(() -> connection.preparedQuery(CANCEL).execute());
    }
  }

  @Test
  void eachRuleOfStatementsRefusesWhatBreaksIt() {
    JavaClasses broken = new ClassFileImporter().importClasses(WritesByItself.class);
    for (ArchRule rule : OF_STATEMENTS) {
      assertThat(rule.evaluate(broken).hasViolation()).as(rule.getDescription()).isTrue();
    }
  }
}
