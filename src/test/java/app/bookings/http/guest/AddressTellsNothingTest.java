package app.bookings.http.guest;

import static org.assertj.core.api.Assertions.assertThat;

import app.bookings.testsupport.Bookings;
import app.bookings.testsupport.Bookings.Answer;
import app.bookings.testsupport.OtherServices;
import app.bookings.testsupport.Scene;
import app.bookings.testsupport.Scene.Customer;
import app.bookings.testsupport.Service;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * domain.md, "Booking rules": whoever types an address as a guest learns nothing of whose it is,
 * until a place was free and the address was counted; and then no more than that it is banned or
 * booked.
 */
@QuarkusTest
class AddressTellsNothingTest {

  private final Bookings bookings = Service.BOOKINGS;
  private final Scene scene = Service.scene();
  private final Map<Whose, Customer> customers = new EnumMap<>(Whose.class);

  /** Whose address it is. */
  enum Whose {
    NOBODYS,
    A_USERS,
    A_BANNED_USERS,
    AN_ATTENDEES,
    A_GUESTS_WHO_BOOKED;

    String email(UUID company) {
      return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-')
          + "-"
          + company
          + "@example.com";
    }
  }

  /** What is wrong with the order, or with what is ordered. */
  enum Wrong {
    NOTHING_BUT_THE_ADDRESS("201"),
    SOLD_OUT("409 session-full"),
    CALLED_OFF("409 session-not-bookable"),
    NOT_ON_OFFER("409 session-not-bookable"),
    ANOTHER_COMPANYS("404 session-not-found"),
    UNKNOWN_EXTRA("422 extra-not-available"),
    METHOD_NOT_FOR_GUESTS("422 payment-method-not-allowed"),
    METHOD_NOT_ALLOWED_THERE("422 payment-method-not-allowed"),
    ANOTHER_TOTAL("409 price-changed");

    final String answer;

    Wrong(String answer) {
      this.answer = answer;
    }
  }

  @ParameterizedTest
  @EnumSource(Wrong.class)
  void theAnswerIsTheSameWhoseverTheAddressIs(Wrong wrong) {
    for (Whose whose : Whose.values()) {
      if (whose != Whose.NOBODYS && whose != Whose.A_GUESTS_WHO_BOOKED) {
        String status = whose == Whose.A_BANNED_USERS ? "BANNED" : "VIP";
        Customer customer =
            scene.customer(
                new JsonObject().put("status", status).put("email", whose.email(scene.company)));
        customers.put(whose, customer);
      }
    }
    Scene.Session session = session(wrong);
    List<String> answers = new ArrayList<>();
    Set<Whose> known = Set.of(Whose.A_BANNED_USERS, Whose.AN_ATTENDEES, Whose.A_GUESTS_WHO_BOOKED);
    for (Whose whose : Whose.values()) {
      boolean matters = wrong == Wrong.NOTHING_BUT_THE_ADDRESS && known.contains(whose);
      Answer answer = create(session, order(session, wrong, whose));
      if (matters) {
        answer.is(whose == Whose.A_BANNED_USERS ? "403 customer-banned" : "409 already-booked");
      } else {
        answer.is(wrong.answer);
        answers.add(shape(answer));
      }
    }
    assertThat(Set.copyOf(answers)).hasSize(1);
  }

  private Answer create(Scene.Session session, JsonObject body) {
    return bookings.post(null, session.path().replace("/client/", "/client/guest/"), body);
  }

  /** With the attendee and a guest in it, and then as wrong as it is to be. */
  private Scene.Session session(Wrong wrong) {
    JsonObject changes =
        new JsonObject()
            .put("capacity", wrong == Wrong.SOLD_OUT ? 2 : 10)
            .put("allowedPaymentMethods", Scene.methods("ON_SITE", "WALLET"));
    Scene.Session session = scene.session(changes);
    new OtherServices()
        .attendees(scene, session, List.of(customers.get(Whose.AN_ATTENDEES).id()))
        .is("200");
    create(session, order(session, Wrong.NOTHING_BUT_THE_ADDRESS, Whose.A_GUESTS_WHO_BOOKED))
        .is("201");
    switch (wrong) {
      case CALLED_OFF ->
          new OtherServices()
              .tell(
                  "/catalog",
                  "session.cancelled",
                  new JsonObject().put("sessionId", session.id.toString()));
      case NOT_ON_OFFER -> {
        return scene.session(new JsonObject().put("status", "CANCELLED"));
      }
      case ANOTHER_COMPANYS -> {
        Service.NEIGHBOURS.putSession(
            session.id, new JsonObject().put("companyId", UUID.randomUUID().toString()));
        // News of the session drops what is remembered of it.
        new OtherServices()
            .tell(
                "/catalog",
                "session.rescheduled",
                new JsonObject()
                    .put("sessionId", session.id.toString())
                    .put("startsAt", session.start.toString())
                    .put("endsAt", session.start.plusSeconds(5400).toString()));
      }
      default -> {}
    }
    return session;
  }

  private JsonObject order(Scene.Session session, Wrong wrong, Whose whose) {
    JsonObject order =
        new JsonObject().put("paymentMethod", "ON_SITE").put("email", whose.email(scene.company));
    switch (wrong) {
      case UNKNOWN_EXTRA ->
          order.put(
              "extras",
              new JsonArray().add(new JsonObject().put("extraId", session.id.toString())));
      case METHOD_NOT_FOR_GUESTS -> order.put("paymentMethod", "WALLET");
      case METHOD_NOT_ALLOWED_THERE -> order.put("paymentMethod", "CARD");
      case ANOTHER_TOTAL -> order.put("expectedTotal", "1.00");
      default -> {}
    }
    return order;
  }

  /** All that does not name the one booking. */
  private static String shape(Answer answer) {
    JsonObject shape = answer.body().copy();
    shape.remove("bookingToken");
    if (shape.containsKey("booking")) {
      List.of("id", "customerId", "createdAt", "updatedAt")
          .forEach(shape.getJsonObject("booking")::remove);
    }
    return shape.encode();
  }
}
