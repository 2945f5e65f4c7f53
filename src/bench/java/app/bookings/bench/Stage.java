package app.bookings.bench;

import app.bookings.testsupport.Bookings;
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
import java.util.stream.IntStream;

/** Sessions, customers and bookings to measure with, and the files that the load tool reads. */
final class Stage {

  static final int SESSIONS = 2000;
  static final int CUSTOMERS = 12_000;

  /** So many customers have {@link #EACH} bookings, in as many sessions. */
  private static final int READERS = 200;

  private static final int EACH = 25;
  private static final int ALL = 1_000_000;

  final Path folder;
  private final Processes processes;
  private final Scene scene;
  private final List<Customer> customers;
  private final List<Scene.Session> busy;
  final Path tokens;
  final Path spread;
  final Path pages;
  final Path bookings;
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

  /** Fills the table up to so many bookings, ten of each user, straight in the database. */
  void fill(int bookingsInAll) {
    processes
        .books()
        .query(
            """
            INSERT INTO bookings.bookings
            SELECT r.* FROM (SELECT id FROM bookings.bookings LIMIT 1) one
              JOIN bookings.bookings b ON b.id = one.id
              CROSS JOIN generate_series(1, %d) n
              CROSS JOIN
              LATERAL jsonb_populate_record(b, jsonb_build_object('id', gen_random_uuid(),
                'session_id', md5((n / 100)::text || 's')::uuid, 'customer_id', gen_random_uuid(),
                'user_id', md5((n / 10)::text || 'u')::uuid)) r
            """
                .formatted(bookingsInAll));
    processes.books().query("VACUUM ANALYZE bookings.bookings");
  }
}
