package app.bookings.database;

import static org.assertj.core.api.Assertions.assertThat;

import app.bookings.testsupport.Bookings;
import app.bookings.testsupport.OtherServices;
import app.bookings.testsupport.Processes;
import app.bookings.testsupport.Scene;
import app.bookings.testsupport.Scene.Customer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/**
 * No statement of the service reads a table that grows from end to end (quality.md, "Performance":
 * the cost of a create must not grow with the bookings stored). PostgreSQL itself writes down the
 * plan of each statement that the service executes, on tables that are full. The plans are kept in
 * {@code plans.txt}; {@code -Dplans.store=true} writes them anew.
 */
class PlansIT {

  private static final int ROWS = 50_000;
  private static final String SINK = "http://localhost:1/events";
  private static final Path RESOURCES =
      Path.of("src", "test", "resources", "app", "bookings", "database");
  private static final Path STORED = RESOURCES.resolve("plans.txt");
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
    try (Processes processes = new Processes(1)) {
      processes.settings().put("BOOKINGS_RECOVERY_INTERVAL", "PT1S");
      processes.settings().put("BOOKINGS_EVENT_SINKS", SINK);
      processes.settings().put("BOOKINGS_EVENT_SECRET", "secret-of-the-plans-test");
      processes.start(0);
      fill(processes);
      processes.stop(0);
      writeDownPlans(processes);
      processes.start(0);
      walk(processes);
      Map<String, Plan> plans = new TreeMap<>();
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(
              () -> {
                plans.putAll(read(processes));
                // The last to come: they run beside the answers, or in recovery's own time.
                assertThat(String.join("\n", plans.keySet()))
                    .contains(
                        "UPDATE bookings.settlements s SET",
                        "SELECT id FROM bookings.bookings WHERE session_id = $1",
                        "SELECT id FROM bookings.bookings WHERE customer_id = $1",
                        "UPDATE bookings.endings SET due_at = NULL");
              });
      plans.forEach(
          (statement, plan) -> {
            // How much a sink lacks is counted, which costs as much as there is.
            if (!statement.contains("AS undelivered")) {
              assertThat(plan.readFromEndToEnd()).as(statement + plan.lines()).isEmpty();
            }
          });
      assertThat(plans).hasSizeGreaterThan(30);
      assertThat(deepPages(plans))
          .as("a page begins at its place in the index, however deep in the list")
          .isNotEmpty()
          .allMatch(lines -> lines.contains("ROW(starts_at, id) <"));
      keep(plans);
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
            .replace(":sink", SINK);
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
            "ALTER DATABASE postgres SET auto_explain.log_min_duration = 0",
            "ALTER DATABASE postgres SET auto_explain.log_format = 'json'")) {
      processes.books().query(setting);
    }
    processes.restartDatabase();
  }

  /** Everything that clients, guests and other services can do, once. */
  private static void walk(Processes processes) {
    Bookings service = processes.bookings(0);
    OtherServices services = new OtherServices(service, processes.neighbours());
    Scene scene = new Scene(processes.neighbours());
    Scene.Session session = scene.sessionOf(6);
    for (String method : List.of("ON_SITE", "WALLET", "BONUS", "CARD")) {
      Customer customer = scene.customer();
      JsonObject body = new JsonObject().put("paymentMethod", method);
      Map<String, String> key = Map.of("Idempotency-Key", UUID.randomUUID().toString());
      for (int twice = 0; twice < 2; twice++) {
        service.send("POST", session.path(), customer.token(), body.encode(), key);
      }
      String id =
          service
              .get(customer.token(), "/api/client/my-bookings")
              .is("200")
              .body()
              .getJsonArray("items")
              .getJsonObject(0)
              .getString("id");
      service.get(customer, id).is("200");
      service.get(customer.token(), session.path());
      service.get(
          customer.token(),
          "/api/client/companies/" + scene.company + "/bookings?status=CONFIRMED");
      service.post(customer.token(), session.path() + "/quote", body.copy()).is("200");
      services.get("bookings/" + id);
      services.get("bookings/" + id + "/history");
      services.get("bookings/" + id + "/review-eligibility").is("200");
      services.post("bookings/query", JsonObject.of("bookingIds", new JsonArray().add(id)));
      if (!method.equals("ON_SITE")) {
        service.cancel(customer, id);
      }
    }
    Customer regular = scene.customer();
    service.create(regular, session, "ON_SITE").is("201");
    service.create(regular, scene.session(), "ON_SITE").is("201");
    String first = "/api/client/my-bookings?limit=1";
    String next = service.get(regular.token(), first).is("200").text("nextCursor");
    service.get(regular.token(), first + "&cursor=" + next).is("200");
    services.get("settlements").is("200");
    services.get("extras/" + session.towel + "/references");
    services.post(
        "sessions/expand",
        JsonObject.of("sessionIds", new JsonArray().add(session.id.toString()))
            .put("includeBookings", true));
    services
        .post(
            "reminders/claim",
            JsonObject.of("startsBefore", session.start.plusSeconds(60).toString())
                .put("limit", 10))
        .is("200");
    Scene.Session full = scene.sessionOf(1);
    for (int i = 0; i < 3; i++) {
      service.create(scene.customer(), full, "ON_SITE");
    }
    JsonObject guests =
        service
            .post(
                null,
                scene.session().path().replace("/client/", "/client/guest/"),
                new JsonObject().put("paymentMethod", "ON_SITE").put("email", "guest@example.com"))
            .is("201")
            .body();
    service
        .send(
            "GET",
            "/api/client/guest/bookings/" + guests.getJsonObject("booking").getString("id"),
            null,
            null,
            Map.of("Booking-Token", guests.getString("bookingToken")))
        .is("200");
    JsonObject ofSession = JsonObject.of("sessionId", session.id.toString());
    JsonObject ofCustomer = JsonObject.of("customerId", UUID.randomUUID().toString());
    Scene.Customer linked = scene.customer();
    Map<String, JsonObject> events =
        Map.of(
            "session.capacity-changed", ofSession.copy().put("capacity", 9),
            "session.rescheduled",
                ofSession
                    .copy()
                    .put("startsAt", session.start.plusSeconds(60).toString())
                    .put("endsAt", session.start.plusSeconds(3600).toString()),
            "session.finished", ofSession,
            "customer.deleted", ofCustomer,
            "customer.linked",
                JsonObject.of(
                    "customerId", linked.id().toString(), "userId", linked.userId().toString()),
            "entitlement.deleted", JsonObject.of("entitlementId", UUID.randomUUID().toString()),
            "scanner-credential.deleted",
                JsonObject.of("scannerCredentialId", UUID.randomUUID().toString()),
            "wallet.topped-up", ofCustomer,
            "session.deleted", JsonObject.of("sessionId", full.id.toString()));
    events.forEach((type, data) -> services.tell("/walk", type, data));
  }

  private static Map<String, Plan> read(Processes processes) throws IOException {
    Map<String, String> where =
        processes
            .books()
            .query("SELECT current_setting('data_directory') AS data, pg_current_logfile() AS log")
            .get(0);
    Map<String, Plan> plans = new TreeMap<>();
    for (String line : Files.readAllLines(Path.of(where.get("data"), where.get("log")))) {
      if (!line.endsWith("}")) {
        continue; // still being written
      }
      JsonObject entry = new JsonObject(line);
      String message = entry.getString("message", "");
      boolean ours = entry.getString("application_name", "").equals("vertx-pg-client");
      if (ours && message.contains("plan:\n")) {
        JsonObject explained = new JsonObject(message.substring(message.indexOf('{')));
        String statement = explained.getString("Query Text").strip();
        if (statement.contains("bookings.")) {
          plans.put(statement, Plan.of(explained.getJsonObject("Plan")));
        }
      }
    }
    return plans;
  }

  private static List<String> deepPages(Map<String, Plan> plans) {
    return plans.entrySet().stream()
        .filter(plan -> plan.getKey().contains("(b.starts_at, b.id) <"))
        .map(plan -> plan.getValue().lines())
        .toList();
  }

  private static void keep(Map<String, Plan> plans) throws IOException {
    if (Boolean.getBoolean("plans.store")) {
      StringBuilder text = new StringBuilder();
      plans.forEach(
          (statement, plan) ->
              text.append(statement).append("\n\n").append(plan.lines()).append("\n\n"));
      Files.createDirectories(STORED.getParent());
      Files.writeString(STORED, text.toString());
    }
    String stored = Files.readString(STORED);
    // Some statements run only when two things meet in time, and so not in every walk.
    assertThat(plans.keySet().stream().filter(statement -> !stored.contains(statement)).toList())
        .as("plans.txt has grown old: -Dplans.store=true")
        .hasSizeLessThan(4);
  }

  /** A plan: a line for each node, indented, with its table, its index and how it is searched. */
  private record Plan(String lines, List<String> readFromEndToEnd) {

    static Plan of(JsonObject root) {
      StringBuilder lines = new StringBuilder();
      List<String> whole = new java.util.ArrayList<>();
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
