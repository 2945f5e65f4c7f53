package app.bookings;

import static org.assertj.core.api.Assertions.assertThat;

import app.bookings.sandbox.EmbeddedDatabase;
import app.bookings.testsupport.Books;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * reliability.md, "Invariants", 8: the same races where the database's default is REPEATABLE READ.
 */
@QuarkusTest
@TestProfile(RacesRepeatableReadTest.OwnDatabase.class)
class RacesRepeatableReadTest extends RacesTest {

  private static final String NAME = "repeatable_read";

  /** A database of its own with that default. */
  public static class OwnDatabase implements QuarkusTestProfile {
    @Override
    public List<TestResourceEntry> testResources() {
      return List.of(new TestResourceEntry(Created.class));
    }
  }

  /** Makes the database before the application starts. */
  public static class Created implements QuarkusTestResourceLifecycleManager {
    @Override
    public Map<String, String> start() {
      Map<String, String> server = EmbeddedDatabase.settings();
      Books admin = new Books(server);
      if (admin.query("SELECT 1 FROM pg_database WHERE datname = ?", NAME).isEmpty()) {
        admin.query("CREATE DATABASE " + NAME);
        admin.query(
            "ALTER DATABASE " + NAME + " SET default_transaction_isolation TO 'repeatable read'");
      }
      return settings();
    }

    @Override
    public void stop() {
      // The server goes with the JVM.
    }
  }

  private static Map<String, String> settings() {
    Map<String, String> settings = new HashMap<>(EmbeddedDatabase.settings());
    settings.put("DB_NAME", NAME);
    return settings;
  }

  @Override
  Books books() {
    return new Books(settings());
  }

  @Test
  void theDefaultIsRepeatableRead() {
    assertThat(books().query("SHOW transaction_isolation"))
        .containsExactly(Map.of("transaction_isolation", "repeatable read"));
  }
}
