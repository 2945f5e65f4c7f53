package app.bookings;

import static org.assertj.core.api.Assertions.assertThat;

import app.bookings.testsupport.Bookings;
import app.bookings.testsupport.Bookings.Answer;
import app.bookings.testsupport.Books;
import app.bookings.testsupport.Scene;
import app.bookings.testsupport.Scene.Customer;
import app.bookings.testsupport.Service;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** domain.md, "Seats", and reliability.md, "Invariants", 1 and 6, with many at once. */
@QuarkusTest
class RacesTest {

  private final Bookings bookings = Service.BOOKINGS;
  private final Scene scene = Service.scene();

  Books books() {
    return Service.books();
  }

  private static Map<String, Long> outcomes(Stream<CompletableFuture<Answer>> begun) {
    return begun.toList().stream()
        .map(CompletableFuture::join)
        .collect(Collectors.groupingBy(Answer::outcome, Collectors.counting()));
  }

  private List<Customer> customers(int count) {
    return IntStream.range(0, count).mapToObj(i -> scene.customer()).toList();
  }

  private Map<String, Long> race(
      List<Customer> customers, Function<Customer, CompletableFuture<Answer>> create) {
    return outcomes(customers.stream().map(create));
  }

  @Test
  void twoHundredForTenPlaces() {
    Scene.Session session = scene.sessionOf(10);
    List<Customer> customers = customers(200);
    assertThat(race(customers, c -> bookings.createAsync(c, session, "ON_SITE")))
        .isEqualTo(Map.of("201", 10L, "409 session-full", 190L));

    Map<String, String> booked =
        books()
            .query(
                "SELECT id, user_id FROM bookings.bookings WHERE session_id = ? LIMIT 1",
                session.id)
            .get(0);
    Customer holder =
        customers.stream()
            .filter(c -> c.userId().toString().equals(booked.get("user_id")))
            .findFirst()
            .orElseThrow();
    bookings.cancel(holder, booked.get("id")).is("200");
    assertThat(race(customers(200), c -> bookings.createAsync(c, session, "ON_SITE")))
        .isEqualTo(Map.of("201", 1L, "409 session-full", 199L));
    books().agree(Service.NEIGHBOURS, scene.company);
  }

  @Test
  void threeForThreePlacesAllGetOneInEveryRound() {
    for (int round = 0; round < 50; round++) {
      Scene.Session session = scene.sessionOf(3);
      assertThat(race(customers(3), c -> bookings.createAsync(c, session, "ON_SITE")))
          .as("round %d", round)
          .isEqualTo(Map.of("201", 3L));
    }
  }

  @Test
  void oneCustomerTwentyTimesBooksAndPaysOnce() {
    Scene.Session session = scene.session();
    Customer customer = scene.customer();
    assertThat(
            outcomes(
                IntStream.range(0, 20)
                    .mapToObj(i -> bookings.createAsync(customer, session, "WALLET"))))
        .isEqualTo(Map.of("201", 1L, "409 already-booked", 19L));
    assertThat(scene.wallet(customer)).isEqualByComparingTo("75.00");
    books().agree(Service.NEIGHBOURS, scene.company);
  }

  @Test
  void placesThatComeFreeAreTakenAgainWhileOthersLeave() {
    Scene.Session session = scene.sessionOf(5);
    List<Customer> first = customers(5);
    Map<Customer, String> ids =
        first.stream()
            .collect(
                Collectors.toMap(
                    c -> c, c -> bookings.create(c, session, "WALLET").is("201").text("id")));
    Stream<CompletableFuture<Answer>> leaving =
        first.stream()
            .map(
                c ->
                    bookings.sendAsync(
                        "POST", Bookings.one(ids.get(c)) + "/cancel", c.token(), null, Map.of()));
    Stream<CompletableFuture<Answer>> coming =
        customers(5).stream().map(c -> bookings.createAsync(c, session, "WALLET"));
    Map<String, Long> outcomes = outcomes(Stream.concat(leaving, coming));
    assertThat(outcomes.get("200")).isEqualTo(5);
    books().agree(Service.NEIGHBOURS, scene.company);
    long free = 5 - outcomes.getOrDefault("201", 0L);
    for (long i = 0; i < free; i++) {
      bookings.create(scene.customer(), session, "ON_SITE").is("201");
    }
    bookings.create(scene.customer(), session, "ON_SITE").is("409 session-full");
  }
}
