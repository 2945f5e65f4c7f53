package app.bookings;

import static org.assertj.core.api.Assertions.assertThat;

import app.bookings.faults.SettlementModelTest;
import app.bookings.testsupport.Fast;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Every test is in the lane where it belongs. */
@Fast
class LanesTest {

  private static final JavaClasses TESTS =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.ONLY_INCLUDE_TESTS)
          .importPackages("app.bookings");

  /** Without Quarkus, and not fast: an exhaustive search by another program. */
  private static final Set<String> SLOW = Set.of(SettlementModelTest.class.getName());

  private static Set<String> tests(Predicate<JavaClass> which) {
    return TESTS.stream()
        .filter(test -> test.getSimpleName().endsWith("Test") && !test.isNestedClass())
        .filter(which)
        .map(JavaClass::getName)
        .filter(name -> !SLOW.contains(name))
        .collect(Collectors.toSet());
  }

  @Test
  void whatStartsNoQuarkusIsFastAndNothingElseIs() {
    assertThat(tests(test -> test.isAnnotatedWith(Fast.class)))
        .contains(LanesTest.class.getName())
        .isEqualTo(tests(test -> !test.isAnnotatedWith(QuarkusTest.class)));
  }

  @Test
  void theLongOnesAreNotFast() {
    assertThat(TESTS.stream().filter(test -> test.getSimpleName().endsWith("IT")))
        .isNotEmpty()
        .noneMatch(test -> test.isAnnotatedWith(Fast.class));
  }
}
