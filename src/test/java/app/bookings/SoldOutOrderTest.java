package app.bookings;

import static org.assertj.core.api.Assertions.assertThat;

import app.bookings.testsupport.Bookings;
import app.bookings.testsupport.Scene;
import app.bookings.testsupport.Scene.Customer;
import app.bookings.testsupport.Service;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * domain.md, "Booking rules": in a session that is sold out, and known to be, create and quote give
 * the same reason, that of the first rule that is broken.
 */
@QuarkusTest
class SoldOutOrderTest {

  private final Bookings bookings = Service.BOOKINGS;
  private final Scene scene = Service.scene();

  @ParameterizedTest
  @CsvSource({
    "none, session-full",
    "BANNED, customer-banned",
    "EXTRA, extra-not-available",
    "METHOD, payment-method-not-allowed",
    "TOTAL, price-changed",
    "NO_PASS, session-full",
    "BOOKED, already-booked"
  })
  void createAndQuoteGiveTheFirstReason(String broken, String slug) {
    Scene.Session session =
        scene.session(
            new JsonObject()
                .put("capacity", 1)
                .put("allowedPaymentMethods", Scene.methods("ON_SITE", "WALLET", "PASS")));
    Customer first = scene.customer();
    Customer customer = broken.equals("BOOKED") ? first : scene.customer();
    bookings.create(first, session, "ON_SITE").is("201");
    // It is known to be full, and whom companies lets book, to every replica that refused once.
    bookings.create(scene.customer(), session, "ON_SITE").is("409 session-full");
    if (!broken.equals("BOOKED")) {
      bookings.create(customer, session, "ON_SITE").is("409 session-full");
    }
    JsonObject body = new JsonObject().put("paymentMethod", "ON_SITE");
    switch (broken) {
      case "BANNED" -> {
        Customer banned = scene.customer(new JsonObject().put("status", "BANNED"));
        same(banned, session, body, slug);
        return;
      }
      case "EXTRA" ->
          body.put(
              "extras",
              new JsonArray().add(new JsonObject().put("extraId", UUID.randomUUID().toString())));
      case "METHOD" -> body.put("paymentMethod", "BONUS");
      case "TOTAL" -> body.put("expectedTotal", "1.00");
      case "NO_PASS" -> body.put("paymentMethod", "PASS");
      default -> {}
    }
    same(customer, session, body, slug);
  }

  private void same(Customer customer, Scene.Session session, JsonObject body, String slug) {
    for (int time = 0; time < 2; time++) {
      assertThat(bookings.create(customer, session, body).slug()).isEqualTo(slug);
      assertThat(
              bookings
                  .post(customer.token(), session.path() + "/quote", body)
                  .is("200")
                  .text("problem"))
          .isEqualTo(slug);
    }
  }
}
