package app.bookings.neighbours;

import app.bookings.testsupport.Bookings;
import app.bookings.testsupport.OtherServices;
import app.bookings.testsupport.Scene;
import app.bookings.testsupport.Scene.Customer;
import app.bookings.testsupport.Service;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.assertj.core.api.Assertions;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A refusal is an answer: it says something of the request, and nothing of the neighbour. */
@QuarkusTest
class RefusingNeighbourTest {

  private static final int ATTENDEES = 110;

  private final Bookings bookings = Service.BOOKINGS;
  private final OtherServices services = new OtherServices();
  private final Scene scene = Service.scene();
  private final Scene.Session session = scene.session();

  @AfterEach
  void reset() {
    Service.NEIGHBOURS.reset();
  }

  private void passesRefuse(Customer customer, int status) {
    Service.NEIGHBOURS.fault(
        new JsonObject()
            .put("neighbour", "passes")
            .put("kind", "ERROR_BEFORE")
            .put("path", customer.id() + "/coverage")
            .put("status", status));
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 404, 422})
  void aCustomerWhomPassesRefuseHasNoPass(int status) {
    Customer customer = scene.customer();
    passesRefuse(customer, status);
    bookings.create(customer, session, "PASS").is("402 payment-declined");
  }

  @Test
  void attendeesWhomPassesDoNotKnowArePaidByTheWalletAndHoldUpNobody() {
    Scene.Session finished = scene.sessionOf(ATTENDEES);
    List<Customer> attendees =
        IntStream.range(0, ATTENDEES).mapToObj(i -> scene.customer()).toList();
    for (int i = 0; i < ATTENDEES; i++) {
      passesRefuse(attendees.get(i), i % 2 == 0 ? 404 : 400);
    }
    services.attendees(scene, finished, attendees.stream().map(Customer::id).toList()).is("200");
    services.tell(
        "/catalog", "session.finished", JsonObject.of("sessionId", finished.id.toString()));
    passBookingsGoThrough(10);
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () ->
                Assertions.assertThat(
                        Service.books()
                            .query(
                                "SELECT 1 FROM bookings.bookings WHERE session_id = ?"
                                    + " AND payment_method = 'WALLET' AND payment_state = 'PAID'",
                                finished.id))
                    .hasSize(ATTENDEES));
  }

  @Test
  void refusalsThatNobodyExpectedDoNotOpenTheBreaker() {
    List<String> outcomes = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      Customer customer = scene.customer();
      passesRefuse(customer, 403);
      outcomes.add(bookings.create(customer, session, "PASS").outcome());
    }
    Assertions.assertThat(outcomes).containsOnly("503 upstream-unavailable");
    passBookingsGoThrough(1);
  }

  private void passBookingsGoThrough(int count) {
    for (int i = 0; i < count; i++) {
      Customer customer = scene.customer();
      scene.pass(customer, 1, UUID.randomUUID(), 0);
      bookings.create(customer, scene.session(), "PASS").is("201");
    }
  }
}
