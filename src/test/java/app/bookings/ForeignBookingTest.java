package app.bookings;

import static org.assertj.core.api.Assertions.assertThat;

import app.bookings.testsupport.Bookings;
import app.bookings.testsupport.Scene;
import app.bookings.testsupport.Scene.Customer;
import app.bookings.testsupport.Service;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** api.md, "Callers": another's booking is not there, by any endpoint, and stays as it is. */
@QuarkusTest
class ForeignBookingTest {

  private final Bookings bookings = Service.BOOKINGS;
  private final Scene scene = Service.scene();

  @Test
  void anothersBookingIsNotFoundAndNothingChanges() {
    Scene.Session session = scene.session();
    Customer owner = scene.customer();
    String id = bookings.create(owner, session, "ON_SITE").is("201").text("id");
    String stored = row(id);
    for (Customer other : List.of(scene.customer(), Service.scene().customer())) {
      for (String booking : List.of(id, UUID.randomUUID().toString())) {
        String one = Bookings.one(booking);
        bookings.get(other.token(), one).is("404 booking-not-found");
        bookings.get(other.token(), one + "/cancellation").is("404 booking-not-found");
        bookings.cancel(other, booking).is("404 booking-not-found");
        for (String method : List.of("WALLET", "BONUS", "PASS", "CARD", "ON_SITE")) {
          bookings.pay(other, booking, method).is("404 booking-not-found");
        }
        Map<String, String> etag = Map.of("If-None-Match", "\"0\"");
        bookings.send("GET", one, other.token(), null, etag).is("404 booking-not-found");
      }
      for (String list :
          List.of(
              "/api/client/my-bookings",
              "/api/client/companies/" + scene.company + "/bookings",
              session.path())) {
        assertThat(bookings.get(other.token(), list).is("200").body().getJsonArray("items"))
            .isEmpty();
      }
      assertThat(bookings.create(other, session, "ON_SITE").is("201").text("id")).isNotEqualTo(id);
    }
    assertThat(row(id)).isEqualTo(stored);
    assertThat(bookings.get(owner, id).is("200").body()).isInstanceOf(JsonObject.class);
  }

  private static String row(String id) {
    return Service.books()
        .query("SELECT to_jsonb(b)::text AS row FROM bookings.bookings b WHERE id = ?::uuid", id)
        .get(0)
        .get("row");
  }

  @Test
  void withoutATokenNothingIsAnswered() {
    String one = Bookings.one(UUID.randomUUID().toString());
    for (String path :
        List.of("/api/client/my-bookings", one, one + "/cancellation", scene.session().path())) {
      bookings.get((String) null, path).is("401 unauthorized");
      bookings.get("not.a.token", path).is("401 unauthorized");
    }
    bookings.post(null, one + "/cancel", null).is("401 unauthorized");
    bookings
        .post(null, one + "/pay", new JsonObject().put("paymentMethod", "WALLET"))
        .is("401 unauthorized");
  }

  @Test
  void aCustomerCanNotSendEvents() {
    bookings
        .post(scene.customer().token(), "/api/internal/events", new JsonObject())
        .is("403 forbidden");
  }
}
