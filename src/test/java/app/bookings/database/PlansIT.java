package app.bookings.database;

import static org.assertj.core.api.Assertions.assertThat;

import app.bookings.testsupport.Processes;
import app.bookings.testsupport.Scene;
import app.bookings.testsupport.Sink;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/**
 * No statement of the service reads a table that grows from end to end (performance.md,
 * "Statements": the cost of a create must not grow with the bookings stored). PostgreSQL itself
 * writes down the plan of each statement that the service executes, on tables that are full, and
 * every statement of the service has to be among them. What was read lies in {@code
 * target/plans.txt}.
 */
class PlansIT {

  private static final int ROWS = 50_000;
  private static final String DEAD_SINK = "http://localhost:1/events";
  private static final String SECRET = "whsec_dGhlIHNlY3JldCBvZiB0aGUgd2Fsaywgb2YgMzIgYnl0ZXMh";
  private static final Path RESOURCES =
      Path.of("src", "test", "resources", "app", "bookings", "database");
  private static final Path READ = Path.of("target", "plans.txt");
  private static final Pattern NAME = Pattern.compile("^/\\* (\\S+) \\*/");

  /** A connection prepares a statement, under a name that it keeps or for once. */
  private static final Pattern PREPARED =
      Pattern.compile("^duration: \\S+ ms  parse (\\S+): (/\\* \\S+ \\*/.*)", Pattern.DOTALL);

  /** Counts how much a sink lacks, which costs as much as there is. */
  private static final String COUNTS_WHAT_THERE_IS = "outbox.missing";

  private static final Set<String> GROWING =
      Set.of(
          "bookings",
          "booking_extra",
          "settlements",
          "booking_status_history",
          "outbox",
          "outbox_deliveries",
          "idempotency_keys",
          "inbox",
          "session_seats",
          "seat_slots",
          "endings",
          "finished_sessions",
          "customer_links",
          "session_times",
          "session_facts",
          "deleted_customers",
          "top_ups",
          "work_claims");

  @Test
  void everyStatementGoesByAnIndex() throws IOException {
    Sink sink = new Sink();
    try (Processes processes = new Processes(1)) {
      processes.settings().put("BOOKINGS_RECOVERY_INTERVAL", "PT1S");
      processes.settings().put("BOOKINGS_EVENT_SINKS", DEAD_SINK + "," + sink.url());
      processes.settings().put("BOOKINGS_EVENT_SECRET", "secret-of-the-plans-test");
      processes.start(0);
      fill(processes);
      processes.stop(0);
      writeDownPlans(processes);
      processes.settings().put("DB_MIGRATE_AT_START", "false");
      processes.start(0);
      StatementWalk walk = new StatementWalk(processes);
      walk.walk();
      processes.stop(0);
      processes.settings().put("BOOKINGS_INBOUND_EVENT_SECRET", SECRET);
      processes.start(0);
      walk.signedEvent(SECRET);
      Set<String> expected = RegisteredStatements.names();
      Set<Seen> all = new TreeSet<>();
      try {
        // The last to come run beside the answers, or in recovery's own time.
        Awaitility.await()
            .atMost(Duration.ofSeconds(60))
            .pollInterval(Duration.ofSeconds(2))
            .untilAsserted(
                () -> {
                  all.addAll(read(processes));
                  assertThat(all.stream().map(Seen::name)).containsAll(expected);
                });
      } finally {
        keep(all);
      }
      for (Seen seen : all) {
        if (!seen.name().equals(COUNTS_WHAT_THERE_IS)) {
          assertThat(seen.plan().readFromEndToEnd()).as(seen.toString()).isEmpty();
        }
      }
      assertThat(preparedAgain(processes)).as("prepared more than once on a connection").isEmpty();
      assertThat(deepPages(all))
          .as("a page begins at its place in the index, however deep in the list")
          .isNotEmpty()
          .allMatch(lines -> lines.contains("ROW(starts_at, id) <"));
    }
  }

  /** Bookings of many users in many sessions, with what belongs to them. */
  private static void fill(Processes processes) throws IOException {
    Scene scene = new Scene(processes.neighbours());
    Scene.Session session = scene.session();
    processes.bookings(0).create(scene.customer(), session, "WALLET").is("201");
    String tables =
        Files.readString(RESOURCES.resolve("full-tables.sql"))
            .replace(":rows", Integer.toString(ROWS))
            .replace(":sink", DEAD_SINK);
    for (String statement : tables.split(";\\s*", -1)) {
      if (!statement.isBlank()) {
        processes.books().query(statement);
      }
    }
    processes.books().query("ANALYZE");
  }

  private static void writeDownPlans(Processes processes) {
    for (String setting :
        List.of(
            "ALTER SYSTEM SET logging_collector = on",
            "ALTER SYSTEM SET log_destination = 'jsonlog'",
            "ALTER SYSTEM SET log_rotation_size = 0",
            "ALTER DATABASE postgres SET session_preload_libraries = 'auto_explain'",
            "ALTER DATABASE postgres SET log_min_duration_statement = 0",
            "ALTER DATABASE postgres SET auto_explain.log_min_duration = 0",
            "ALTER DATABASE postgres SET auto_explain.log_format = 'json'")) {
      processes.books().query(setting);
    }
    processes.restartDatabase();
  }

  /**
   * A plan of a statement; the same statement may have had others.
   *
   * @param name empty where the statement is not ours to name
   */
  private record Seen(String name, String text, Plan plan) implements Comparable<Seen> {

    static Seen of(JsonObject explained) {
      String text = explained.getString("Query Text").strip();
      Matcher name = NAME.matcher(text);
      return new Seen(
          name.find() ? name.group(1) : "", text, Plan.of(explained.getJsonObject("Plan")));
    }

    @Override
    public int compareTo(Seen other) {
      return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
      return text + "\n\n" + plan.lines() + "\n\n";
    }
  }

  /** What PostgreSQL has written in its log of the service's connections so far. */
  private static List<JsonObject> logged(Processes processes) throws IOException {
    Map<String, String> where =
        processes
            .books()
            .query("SELECT current_setting('data_directory') AS data, pg_current_logfile() AS log")
            .get(0);
    return Files.readAllLines(Path.of(where.get("data"), where.get("log"))).stream()
        // The last may still be being written.
        .filter(line -> line.endsWith("}"))
        .map(JsonObject::new)
        .filter(entry -> entry.getString("application_name", "").equals("vertx-pg-client"))
        .toList();
  }

  /** The plans of all statements of the service that were executed so far. */
  private static Set<Seen> read(Processes processes) throws IOException {
    Set<Seen> plans = new TreeSet<>();
    for (JsonObject entry : logged(processes)) {
      String message = entry.getString("message", "");
      if (message.contains("plan:\n")) {
        plans.add(Seen.of(new JsonObject(message.substring(message.indexOf('{')))));
      }
    }
    return plans;
  }

  /** Statements that a connection has prepared for once only, or again. */
  private static List<String> preparedAgain(Processes processes) throws IOException {
    Set<String> prepared = new HashSet<>();
    List<String> again = new ArrayList<>();
    for (JsonObject entry : logged(processes)) {
      Matcher parse = PREPARED.matcher(entry.getString("message", ""));
      if (parse.find()) {
        boolean kept = !parse.group(1).equals("<unnamed>");
        if (!kept || !prepared.add(entry.getString("session_id") + parse.group(2))) {
          again.add(parse.group(2));
        }
      }
    }
    assertThat(prepared).as("what the log tells of preparing").hasSizeGreaterThan(50);
    return again;
  }

  private static List<String> deepPages(Set<Seen> plans) {
    return plans.stream()
        .filter(seen -> seen.text().contains("(b.starts_at, b.id) <"))
        .map(seen -> seen.plan().lines())
        .toList();
  }

  /** For people. */
  private static void keep(Set<Seen> plans) throws IOException {
    StringBuilder text = new StringBuilder();
    plans.forEach(text::append);
    Files.writeString(READ, text.toString());
  }

  /** A plan: a line for each node, indented, with its table, its index and how it is searched. */
  private record Plan(String lines, List<String> readFromEndToEnd) {

    static Plan of(JsonObject root) {
      StringBuilder lines = new StringBuilder();
      List<String> whole = new ArrayList<>();
      node(root, "  ", lines, whole);
      return new Plan(lines.toString(), whole);
    }

    private static void node(
        JsonObject node, String indent, StringBuilder lines, List<String> whole) {
      String type = node.getString("Node Type");
      String table = node.getString("Relation Name");
      String index = node.getString("Index Name");
      String condition = node.getString("Index Cond");
      lines
          .append('\n')
          .append(indent)
          .append(type)
          .append(table == null ? "" : " " + table)
          .append(index == null ? "" : " by " + index)
          .append(condition == null ? "" : " where " + condition);
      if (type.equals("Seq Scan") && GROWING.contains(table)) {
        whole.add(table);
      }
      for (Object child : node.getJsonArray("Plans", new JsonArray())) {
        node((JsonObject) child, indent + "  ", lines, whole);
      }
    }
  }
}
