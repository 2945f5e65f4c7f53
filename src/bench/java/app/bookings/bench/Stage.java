package app.bookings.bench;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;

import app.bookings.testsupport.Bookings;
import app.bookings.testsupport.Books;
import app.bookings.testsupport.Processes;
import app.bookings.testsupport.Scene;
import app.bookings.testsupport.Scene.Customer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Sessions, customers and bookings to measure with, and the files that the load tool reads. */
final class Stage {

  static final int SESSIONS = 2000;
  static final int CUSTOMERS = 16_000;

  /** So many customers have {@link #EACH} bookings, in as many sessions. */
  private static final int READERS = 200;

  private static final int EACH = 20;
  private static final int ALL = 1_000_000;

  final Path folder;
  private final Processes processes;
  private final Scene scene;
  private final List<Customer> customers;
  private final List<Scene.Session> busy;
  final Path tokens;
  final Path spread;
  Path pages;
  Path bookings;
  final JsonArray busySessions = new JsonArray();

  Stage(Processes processes) throws IOException {
    this.processes = processes;
    this.folder = Files.createDirectories(Path.of("target", "bench").toAbsolutePath());
    this.scene = new Scene(processes.neighbours());
    this.customers =
        IntStream.range(0, CUSTOMERS)
            .parallel()
            .mapToObj(i -> scene.customer(new JsonObject().put("walletBalance", "1000000.00")))
            .toList();
    this.tokens = write("tokens", customers.stream().map(Customer::token).toList());
    this.spread =
        write(
            "spread",
            IntStream.range(0, SESSIONS)
                .parallel()
                .mapToObj(i -> scene.sessionOf(ALL).path())
                .toList());
    this.busy = IntStream.range(0, READERS).mapToObj(i -> scene.sessionOf(ALL)).toList();
    List<String> pageLines = new ArrayList<>();
    List<String> bookingLines = new ArrayList<>();
    Bookings service = processes.bookings(0);
    for (int reader = 0; reader < READERS; reader++) {
      Customer customer = customers.get(reader);
      for (int i = 0; i < EACH; i++) {
        Scene.Session session = busy.get((reader + i) % READERS);
        String id = service.create(customer, session, "ON_SITE").is("201").text("id");
        bookingLines.add(customer.token() + " " + Bookings.one(id));
      }
      pageLines.add(customer.token() + " /api/client/my-bookings?limit=20");
    }
    busy.forEach(session -> busySessions.add(session.id.toString()));
    this.pages = write("pages", pageLines);
    this.bookings = write("bookings", bookingLines);
  }

  /**
   * What the load tool is told of creates.
   *
   * @param offset how many customers have booked before: nobody books twice in the same session
   */
  Map<String, String> creates(Path sessions, String body, int offset) {
    return Map.of(
        "CUSTOMERS", tokens.toString(),
        "SESSIONS", sessions.toString(),
        "BODY", body,
        "OFFSET", Integer.toString(offset));
  }

  Path write(String name, List<String> lines) throws IOException {
    return Files.write(folder.resolve(name), lines);
  }

  /** A session of its own with so many places; the file of its path. */
  Path one(int places) throws IOException {
    return write("one", List.of(scene.sessionOf(places).path()));
  }

  /** A session that is sold out. */
  Path soldOut() throws IOException {
    Scene.Session session = scene.sessionOf(1);
    processes.bookings(0).create(scene.customer(), session, "ON_SITE").is("201");
    return write("sold-out", List.of(session.path()));
  }

  /** So many customers at once for so many places; the seconds until all are answered. */
  double race(int clients, int places) {
    Scene.Session session = scene.sessionOf(places);
    long began = System.nanoTime();
    List<Integer> answers =
        customers.subList(0, clients).stream()
            .map(customer -> processes.bookings(0).createAsync(customer, session, "ON_SITE"))
            .toList()
            .stream()
            .map(answer -> answer.join().status())
            .toList();
    double seconds = (System.nanoTime() - began) / 1e9;
    long booked = answers.stream().filter(status -> status == 201).count();
    long full = answers.stream().filter(status -> status == 409).count();
    if (booked != places || full != clients - places) {
      throw new IllegalStateException("booked " + booked + ", refused " + full);
    }
    return seconds;
  }

  /** Deletes bookings until so many are left; those that are read stay. */
  void keep(int bookingsInAll) {
    Books books = processes.books();
    books.query(
        """
        DELETE FROM bookings.bookings WHERE id IN (
          SELECT id FROM bookings.bookings
          WHERE session_id NOT IN (SELECT unnest(string_to_array('%s', ','))::uuid)
          ORDER BY id OFFSET %d)
        """
            .formatted(
                busy.stream().map(session -> session.id.toString()).collect(joining(",")),
                bookingsInAll - READERS * EACH));
    books.query("VACUUM FULL ANALYZE bookings.bookings");
  }

  /**
   * Fills the table with so many bookings more, straight in the database, evenly over all
   * customers; from then on pages and bookings are theirs.
   */
  void fill(int more) throws IOException {
    Books books = processes.books();
    books.query(
        """
        INSERT INTO bookings.bookings
        SELECT r.* FROM (SELECT id FROM bookings.bookings LIMIT 1) one
          JOIN bookings.bookings b ON b.id = one.id
          CROSS JOIN generate_series(1, %d) n
          CROSS JOIN LATERAL (SELECT ('{%s}'::uuid[])[1 + n %% %d] AS user_id) customer
          CROSS JOIN LATERAL jsonb_populate_record(b, jsonb_build_object('id', gen_random_uuid(),
            'session_id', md5((n / 100)::text || 's')::uuid, 'customer_id', gen_random_uuid(),
            'user_id', customer.user_id, 'starts_at', b.starts_at + n * interval '1 minute')) r
        """
            .formatted(
                more,
                customers.stream()
                    .map(customer -> customer.userId().toString())
                    .collect(joining(",")),
                customers.size()));
    books.query("VACUUM ANALYZE bookings.bookings");
    books.query("CHECKPOINT");
    pages =
        write(
            "pages",
            customers.stream()
                .map(customer -> customer.token() + " /api/client/my-bookings?limit=20")
                .toList());
    Map<String, String> tokenOf =
        customers.stream().collect(toMap(c -> c.userId().toString(), Customer::token));
    bookings =
        write(
            "bookings",
            books
                .query("SELECT id, user_id FROM bookings.bookings ORDER BY random() LIMIT 10000")
                .stream()
                .map(row -> tokenOf.get(row.get("user_id")) + " " + Bookings.one(row.get("id")))
                .toList());
  }

  /** So many microseconds more for each commit. */
  void commitDelay(int micros) {
    processes.books().query("ALTER SYSTEM SET commit_delay = " + micros);
    processes.books().query("ALTER SYSTEM SET commit_siblings = 0");
    processes.books().query("SELECT pg_reload_conf()");
  }

  String setting(String name) {
    return processes.books().query("SHOW " + name).get(0).get(name);
  }
}
