package app.bookings.http.internal;

import static org.assertj.core.api.Assertions.assertThat;

import app.bookings.testsupport.Bookings;
import app.bookings.testsupport.OtherServices;
import app.bookings.testsupport.Scene;
import app.bookings.testsupport.Scene.Customer;
import app.bookings.testsupport.Service;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * domain.md, "Inbound events": an event that comes before what it speaks of, after it, or both has
 * the same effect. Neighbours go on answering as if nothing had been told, which is the worst case.
 */
@QuarkusTest
class BeforeAndAfterTest {

  private final Bookings bookings = Service.BOOKINGS;
  private final OtherServices services = new OtherServices();
  private final Scene scene = Service.scene();
  private final Scene.Session session =
      scene.session(
          new JsonObject()
              .put("startsAt", soon(1).toString())
              .put("endsAt", soon(2).toString())
              .put("cancellationWindowHours", 0));
  private final Customer customer = scene.customer();

  private static Instant soon(int hours) {
    return Instant.now().truncatedTo(ChronoUnit.SECONDS).plus(hours, ChronoUnit.HOURS);
  }

  enum When {
    BEFORE,
    AFTER,
    BOTH
  }

  enum Told {
    RESCHEDULED,
    SESSION_CANCELLED,
    SESSION_DELETED,
    CUSTOMER_DELETED,
    CUSTOMER_LINKED,
    ENTITLEMENT_DELETED,
    SCANNER_CREDENTIAL_DELETED,
    CAPACITY_CHANGED,
    FINISHED,
    REOPENED,
    TOPPED_UP
  }

  static Stream<Arguments> all() {
    return Stream.of(Told.values())
        .flatMap(told -> Stream.of(When.values()).map(when -> Arguments.of(told, when)));
  }

  @ParameterizedTest
  @MethodSource("all")
  void theSameFinalState(Told told, When when) {
    Story story = story(told);
    if (when != When.AFTER) {
      services.tell(story.event()).is("204");
    }
    story.happens().run();
    if (when != When.BEFORE) {
      services.tell(story.event()).is("204");
    }
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () -> {
              assertThat(story.state()).isEqualTo(story.expected());
              Service.books().agree(Service.NEIGHBOURS, scene.company);
            });
  }

  /** What is told, what happens that it is about, and the state that is there in the end. */
  private record Story(JsonObject event, Runnable happens, String query, List<String> expected) {
    List<String> state() {
      return Service.books().query(query).stream().map(row -> row.get("state")).toList();
    }
  }

  private Story story(Told told) {
    return switch (told) {
      case RESCHEDULED -> {
        Instant start = soon(30);
        JsonObject times =
            new JsonObject()
                .put("sessionId", session.id.toString())
                .put("startsAt", start.toString())
                .put("endsAt", start.plusSeconds(3600).toString());
        yield of(
            "session.rescheduled",
            times,
            () -> bookings.create(customer, session, "WALLET").is("201"),
            "extract(epoch FROM starts_at)::bigint || ' ' || status",
            start.getEpochSecond() + " CONFIRMED");
      }
      case SESSION_CANCELLED ->
          of(
              "session.cancelled",
              about("sessionId", session.id),
              () -> bookings.create(customer, session, "WALLET"),
              "CASE WHEN status = 'REFUNDED' THEN NULL ELSE status END",
              null);
      case SESSION_DELETED ->
          of(
              "session.deleted",
              about("sessionId", session.id),
              () -> bookings.create(customer, session, "WALLET"),
              "status",
              null);
      case CUSTOMER_DELETED ->
          of(
              "customer.deleted",
              about("customerId", customer.id()),
              () -> bookings.create(customer, session, "WALLET"),
              "status",
              null);
      case CUSTOMER_LINKED -> linked();
      case ENTITLEMENT_DELETED -> {
        UUID pass = scene.pass(customer, 1, session.towel, 0);
        yield of(
            "entitlement.deleted",
            about("entitlementId", pass),
            () -> bookings.create(customer, session, "PASS").is("201"),
            "status || ' ' || COALESCE(customer_entitlement_id::text, 'forgotten')",
            "CONFIRMED forgotten");
      }
      case SCANNER_CREDENTIAL_DELETED -> {
        UUID credential = UUID.randomUUID();
        yield of(
            "scanner-credential.deleted",
            about("scannerCredentialId", credential),
            () -> checkIn(credential),
            "status || ' ' || COALESCE(verifier_scanner_credential_id::text, 'forgotten')",
            "CHECKED_IN forgotten");
      }
      case CAPACITY_CHANGED -> {
        // What catalog answers after an event is newer than the event.
        Service.NEIGHBOURS.putSession(session.id, new JsonObject().put("capacity", 7));
        yield of(
            "session.capacity-changed",
            about("sessionId", session.id).put("capacity", 7),
            () -> bookings.create(customer, session, "WALLET").is("201"),
            "(SELECT capacity FROM bookings.session_seats s WHERE s.session_id = b.session_id)",
            "7");
      }
      case FINISHED ->
          of(
              "session.finished",
              about("sessionId", session.id),
              () -> services.attendees(scene, session, List.of(customer.id())).is("200"),
              "status || ' ' || payment_method",
              "CONFIRMED WALLET");
      case REOPENED -> {
        JsonObject cancelled =
            OtherServices.event("/catalog", "session.cancelled", about("sessionId", session.id))
                .put("time", Instant.now().minusSeconds(60).toString());
        yield new Story(
            OtherServices.event("/catalog", "session.reopened", about("sessionId", session.id)),
            () -> services.tell(cancelled).is("204"),
            "SELECT closed::text AS state FROM bookings.session_seats WHERE session_id = '%s'"
                .formatted(session.id),
            List.of("false"));
      }
      case TOPPED_UP ->
          of(
              "wallet.topped-up",
              about("customerId", customer.id()).put("currency", "EUR"),
              this::owesWhileItsMoneyIsOnTheWay,
              "status || ' ' || payment_method",
              "CONFIRMED WALLET");
    };
  }

  private Story of(String type, JsonObject data, Runnable happens, String column, String expected) {
    String query =
        "SELECT %s AS state FROM bookings.bookings b WHERE company_id = '%s' AND %s IS NOT NULL"
            .formatted(column, scene.company, column);
    return new Story(
        OtherServices.event("/neighbour", type, data),
        happens,
        query,
        expected == null ? List.of() : List.of(expected));
  }

  private static JsonObject about(String member, UUID id) {
    return new JsonObject().put(member, id.toString());
  }

  private void checkIn(UUID credential) {
    String id = bookings.create(customer, session, "WALLET").is("201").text("id");
    services
        .post(
            "bookings/" + id + "/check-in",
            about("verifierScannerCredentialId", credential)
                .put("companyId", scene.company.toString()))
        .is("200");
  }

  /** A guest whose customer companies knows already, from a booking that is over. */
  private Story linked() {
    JsonObject guest =
        new JsonObject().put("paymentMethod", "ON_SITE").put("email", scene.company + "@x.example");
    Runnable books =
        () -> bookings.post(null, session.path().replace("/client/", "/client/guest/"), guest);
    JsonObject first =
        bookings
            .post(null, session.path().replace("/client/", "/client/guest/"), guest)
            .is("201")
            .body();
    JsonObject booking = first.getJsonObject("booking");
    bookings
        .send(
            "POST",
            "/api/client/guest/bookings/" + booking.getString("id") + "/cancel",
            null,
            null,
            Map.of("Booking-Token", first.getString("bookingToken")))
        .is("200");
    UUID user = UUID.randomUUID();
    UUID linked = UUID.fromString(booking.getString("customerId"));
    Service.NEIGHBOURS.putCustomer(linked, new JsonObject().put("userId", user.toString()));
    return of(
        "customer.linked",
        about("customerId", linked).put("userId", user.toString()),
        books,
        "CASE WHEN status = 'CONFIRMED' THEN user_id END",
        user.toString());
  }

  /** Nothing in the wallet when it is billed; the money comes while the event is on its way. */
  private void owesWhileItsMoneyIsOnTheWay() {
    Service.NEIGHBOURS.putCustomer(customer.id(), new JsonObject().put("walletBalance", "0.00"));
    services.attendees(scene, session, List.of(customer.id())).is("200");
    services.tell("/catalog", "session.finished", about("sessionId", session.id));
    Awaitility.await()
        .until(
            () ->
                !Service.books()
                    .query(
                        "SELECT 1 FROM bookings.bookings WHERE status = 'PENDING_PAYMENT'"
                            + " AND company_id = ?",
                        scene.company)
                    .isEmpty());
    Service.NEIGHBOURS.putCustomer(customer.id(), new JsonObject().put("walletBalance", "25.00"));
  }
}
