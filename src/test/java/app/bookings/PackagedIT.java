package app.bookings;

import static org.assertj.core.api.Assertions.assertThat;

import app.bookings.testsupport.Bookings;
import app.bookings.testsupport.Neighbourhood;
import app.bookings.testsupport.Scene;
import app.bookings.testsupport.Scene.Customer;
import app.bookings.testsupport.Service;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is shipped, from outside: the jar, or the executable of a native build. Whatever crosses as
 * JSON crosses here once, so that a type that a native build has left out is noticed.
 */
@QuarkusIntegrationTest
@QuarkusTestResource(value = Neighbourhood.class, restrictToAnnotatedClass = true)
class PackagedIT {

  private final Bookings bookings = new Bookings(Service.URL, Neighbourhood.managementUrl());
  private final Scene scene = new Scene(Neighbourhood.neighbours());
  private final Scene.Session session = scene.session();
  private final Customer customer = scene.customer();

  @ParameterizedTest
  @ValueSource(strings = {"ON_SITE", "WALLET", "BONUS", "PASS", "CARD"})
  void booksReadsAndCancels(String method) {
    if (method.equals("PASS")) {
      scene.pass(customer, 1, session.towel, 0);
    }
    String id = bookings.create(customer, session, method).is("201").text("id");
    bookings.get(customer, id).is("200");
    bookings.get(customer.token(), Bookings.one(id) + "/cancellation").is("200");
    assertThat(
            bookings
                .get(customer.token(), "/api/client/my-bookings")
                .is("200")
                .body()
                .getJsonArray("items"))
        .hasSize(1);
    assertThat(bookings.cancel(customer, id).status()).isIn(200, 202);
  }

  @Test
  void quotesAndAnswersGuestsAndServices() {
    bookings
        .post(
            customer.token(),
            session.path() + "/quote",
            new JsonObject().put("paymentMethod", "WALLET"))
        .is("200");
    JsonObject guest = new JsonObject().put("paymentMethod", "ON_SITE").put("email", "p@x.example");
    JsonObject booked =
        bookings
            .post(null, session.path().replace("/client/", "/client/guest/"), guest)
            .is("201")
            .body();
    String id = booked.getJsonObject("booking").getString("id");
    bookings
        .send(
            "GET",
            "/api/client/guest/bookings/" + id,
            null,
            null,
            Map.of("Booking-Token", booked.getString("bookingToken")))
        .is("200");
    String service = Neighbourhood.neighbours().serviceToken();
    for (String path :
        List.of(
            "bookings/" + id,
            "bookings/" + id + "/history",
            "bookings/" + id + "/review-eligibility",
            "extras/" + session.towel + "/references",
            "settlements")) {
      bookings.get(service, "/api/internal/" + path).is("200");
    }
    bookings
        .post(
            service,
            "/api/internal/sessions/expand",
            new JsonObject()
                .put("sessionIds", List.of(session.id.toString()))
                .put("includeBookings", true))
        .is("200");
    bookings.send("GET", "/q/openapi", null, null, Map.of("Accept", "application/json")).is("200");
    bookings.get(customer.token(), "/api/client/bookings/nonsense").is("404 not-found");
  }
}
