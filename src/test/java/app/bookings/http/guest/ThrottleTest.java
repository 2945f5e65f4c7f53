package app.bookings.http.guest;

import static org.assertj.core.api.Assertions.assertThat;

import app.bookings.testsupport.Bookings;
import app.bookings.testsupport.Bookings.Answer;
import app.bookings.testsupport.Scene;
import app.bookings.testsupport.Service;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** api.md, "Guest", throttle: per address and per company and contact. */
@QuarkusTest
@TestProfile(ThrottleTest.BehindAProxy.class)
class ThrottleTest {

  private final Bookings bookings = Service.BOOKINGS;
  private final Scene scene = Service.scene();
  private final Scene.Session session = scene.sessionOf(1000);

  /** The default rate of 10 a minute, and a proxy on this machine that is believed. */
  public static class BehindAProxy implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "bookings.guest-rate-per-minute", "10", "bookings.trusted-proxies", "127.0.0.0/8");
    }
  }

  @BeforeEach
  void forget() {
    Service.books().query("DELETE FROM bookings.rate_limits");
  }

  private Answer create(String forwardedFor, String email) {
    JsonObject body = new JsonObject().put("paymentMethod", "ON_SITE").put("email", email);
    return bookings.send(
        "POST",
        session.path().replace("/client/", "/client/guest/"),
        null,
        body.encode(),
        Map.of("X-Forwarded-For", forwardedFor));
  }

  private static String anybody() {
    return "guest-" + UUID.randomUUID() + "@example.com";
  }

  @Test
  void ofAHundredFromOneAddressTheConfiguredNumberPass() {
    List<Answer> answers =
        IntStream.range(0, 100).mapToObj(i -> create("198.51.100.1", anybody())).toList();
    long passed = answers.stream().filter(a -> a.status() == 201).count();
    // One comes back every six seconds.
    assertThat(passed).isBetween(10L, 12L);
    assertThat(answers.subList(0, 10)).allMatch(a -> a.status() == 201);
    List<Answer> refused = answers.stream().filter(a -> a.status() != 201).toList();
    assertThat(refused).extracting(Answer::outcome).containsOnly("429 rate-limited");
    assertThat(refused)
        .allSatisfy(
            a ->
                assertThat(Integer.parseInt(a.header("Retry-After").orElseThrow()))
                    .isBetween(1, 6));
    create("198.51.100.2", anybody()).is("201");
  }

  @Test
  void aForgedHeaderChangesNothing() {
    for (int i = 0; i < 10; i++) {
      create(i + ".1.1.1, 198.51.100.3", anybody()).is("201");
    }
    create("9.9.9.9, 198.51.100.3", anybody()).is("429 rate-limited");
    create("198.51.100.3, 127.0.0.9", anybody()).is("429 rate-limited");
  }

  @Test
  void anIpv6NetworkIsOneClient() {
    for (int i = 1; i <= 10; i++) {
      create("2001:db8:0:1::" + i, anybody()).is("201");
    }
    create("2001:db8:0:1:ffff::1", anybody()).is("429 rate-limited");
    create("2001:db8:0:2::1", anybody()).is("201");
  }

  @Test
  void aContactIsCountedWhereverItComesFrom() {
    String email = anybody();
    for (int i = 1; i <= 10; i++) {
      create("203.0.113." + i, email);
    }
    create("203.0.113.99", email).is("429 rate-limited");
    create("203.0.113.99", email.toUpperCase(java.util.Locale.ROOT)).is("429 rate-limited");
    create("203.0.113.99", anybody()).is("201");
  }

  /** Whoever tries an address where it can't be booked takes nothing from whom it belongs to. */
  @Test
  void aContactIsCountedOnlyOnceAPlaceWasFree() {
    String email = anybody();
    JsonObject order = new JsonObject().put("paymentMethod", "WALLET").put("email", email);
    for (int i = 1; i <= 20; i++) {
      bookings
          .send(
              "POST",
              session.path().replace("/client/", "/client/guest/"),
              null,
              order.encode(),
              Map.of("X-Forwarded-For", "203.0.113." + i))
          .is("422 payment-method-not-allowed");
    }
    // Nor does whoever has used up their own share.
    for (int i = 0; i < 10; i++) {
      create("198.51.100.7", anybody());
    }
    for (int i = 0; i < 10; i++) {
      create("198.51.100.7", email).is("429 rate-limited");
    }
    for (int i = 1; i <= 9; i++) {
      create("203.0.114." + i, email).is(i == 1 ? "201" : "409 already-booked");
    }
  }

  @Test
  void whoWaitsAsToldGetsThrough() {
    for (int i = 0; i < 10; i++) {
      create("198.51.100.4", anybody()).is("201");
    }
    Answer refused = create("198.51.100.4", anybody()).is("429 rate-limited");
    int seconds = Integer.parseInt(refused.header("Retry-After").orElseThrow());
    // The clock of the bucket is the database's: it is put back instead of waiting.
    Service.books()
        .query("UPDATE bookings.rate_limits SET at = at - make_interval(secs => ?)", seconds);
    create("198.51.100.4", anybody()).is("201");
  }

  @Test
  void tryingTokensIsSlow() {
    String path = "/api/client/guest/bookings/" + UUID.randomUUID();
    Map<String, String> headers =
        Map.of("Booking-Token", "AAAA", "X-Forwarded-For", "198.51.100.5");
    for (int i = 0; i < 10; i++) {
      bookings.send("GET", path, null, null, headers).is("404 booking-not-found");
    }
    bookings.send("GET", path, null, null, headers).is("429 rate-limited");
  }

  @Test
  void neitherAddressesNorContactsAreStored() {
    create("198.51.100.6", "somebody@example.com");
    String stored = Service.books().query("SELECT bucket FROM bookings.rate_limits").toString();
    assertThat(stored).doesNotContain("198.51").doesNotContain("somebody");
  }
}
