package app.bookings.database;

import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Set;

/** All statements of the service, by their names. */
final class RegisteredStatements {

  private static final Set<String> NAMING = Set.of("named", "family");

  private RegisteredStatements() {}

  /** The names, once every class that holds statements is initialised. */
  static Set<String> names() {
    JavaClasses classes =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("app.bookings");
    long named = 0;
    for (JavaClass holder : classes) {
      long here =
          holder.getMethodCallsFromSelf().stream().filter(RegisteredStatements::names).count();
      if (here > 0) {
        initialise(holder.getName());
        named += here;
      }
    }
    Set<String> names = Statement.names();
    if (names.size() != named) {
      throw new IllegalStateException(named + " statements, and these names: " + names);
    }
    return names;
  }

  private static boolean names(JavaCall<?> call) {
    return call.getTargetOwner().isEquivalentTo(Statement.class)
        && NAMING.contains(call.getTarget().getName());
  }

  private static void initialise(String holder) {
    try {
      Class.forName(holder);
    } catch (ClassNotFoundException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
