package app.bookings.background;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import app.bookings.testsupport.Fast;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Of every table it is decided, and told to operators, whether and when its rows go. */
@Fast
class RetentionTest {

  private static final Path MIGRATIONS = Path.of("src", "main", "resources", "db", "migration");
  private static final Path OPERATING = Path.of("src", "docs", "operating.md");
  private static final Pattern CREATE =
      Pattern.compile("CREATE (?:UNLOGGED )?TABLE bookings\\.(\\w+)");
  private static final Pattern QUOTED = Pattern.compile("`(\\w+)`");

  @Test
  void ofEveryTableItIsDecidedWhetherItForgets() throws IOException {
    List<String> decided = new ArrayList<>(Retention.KEPT_FOR_EVER);
    Retention.RULES.forEach(rule -> decided.addAll(rule.tables()));
    assertThat(decided).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(tables());
  }

  @Test
  void operatorsAreToldTheSame() throws IOException {
    assumeThat(OPERATING).exists();
    Map<String, String> told = told();
    assertThat(told).containsOnlyKeys(tables());
    for (Retention.Rule rule : Retention.RULES) {
      for (String table : rule.tables()) {
        assertThat(told.get(table)).as(table).contains(rule.kept());
      }
    }
    for (String table : Retention.KEPT_FOR_EVER) {
      assertThat(told.get(table)).as(table).contains("for ever");
    }
  }

  private static List<String> tables() throws IOException {
    List<String> tables = new ArrayList<>();
    try (Stream<Path> migrations = Files.list(MIGRATIONS)) {
      for (Path migration : migrations.toList()) {
        Matcher create = CREATE.matcher(Files.readString(migration));
        while (create.find()) {
          tables.add(create.group(1));
        }
      }
    }
    assertThat(tables).contains("bookings", "rate_limits", "work_claims");
    return tables;
  }

  /** What stands in the table of the section "Retention", by table. */
  private static Map<String, String> told() throws IOException {
    String section =
        Files.readString(OPERATING).split("\n## Retention\n", 2)[1].split("\n## ", 2)[0];
    Map<String, String> told = new TreeMap<>();
    for (String line : section.lines().filter(l -> l.startsWith("| `")).toList()) {
      String[] cells = line.split("\\|", -1);
      Matcher names = QUOTED.matcher(cells[1]);
      while (names.find()) {
        told.put(names.group(1), cells[3]);
      }
    }
    return told;
  }
}
