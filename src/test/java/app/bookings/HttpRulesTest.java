package app.bookings;

import static org.assertj.core.api.Assertions.assertThat;

import app.bookings.sandbox.SandboxKeys;
import app.bookings.testsupport.Bookings;
import app.bookings.testsupport.Bookings.Answer;
import app.bookings.testsupport.Operations;
import app.bookings.testsupport.Operations.Operation;
import app.bookings.testsupport.Scene;
import app.bookings.testsupport.Scene.Customer;
import app.bookings.testsupport.Service;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.jwt.build.Jwt;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What HTTP itself asks of every answer, over every operation there is. */
@QuarkusTest
class HttpRulesTest {

  private final Bookings bookings = Service.BOOKINGS;
  private final Scene scene = Service.scene();
  private final Customer customer = scene.customer();
  private final Operations operations = new Operations();

  private String token(String path) {
    return path.startsWith("/api/internal") ? Service.NEIGHBOURS.serviceToken() : customer.token();
  }

  /** RFC 9110: a 405 says what is allowed. */
  @Test
  void anotherMethodIs405AndTellsWhichAreAllowed() {
    Set<String> paths = new TreeSet<>();
    operations.all().forEach(operation -> paths.add(operation.path()));
    for (String path : paths) {
      Set<String> allowed = new TreeSet<>(operations.methods(path));
      if (allowed.contains("GET")) {
        allowed.add("HEAD");
      }
      allowed.add("OPTIONS");
      for (String method : List.of("PUT", "DELETE", "PATCH", "POST", "GET")) {
        // To read, "query" is an id like any other, and none.
        boolean id = method.equals("GET") && path.endsWith("/bookings/query");
        if (id || allowed.contains(method)) {
          continue;
        }
        Answer answer =
            bookings.send(
                method,
                path.replaceAll("\\{[^}]+}", UUID.randomUUID().toString()),
                token(path),
                null,
                Map.of());
        answer.is("405 method-not-allowed");
        assertThat(answer.header("Allow"))
            .as(method + " " + path)
            .contains(String.join(", ", allowed));
      }
    }
  }

  /** api.md, "Client": on every operation; what is documented is known. */
  @Test
  void anUnknownQueryParameterIs400() {
    for (Operation operation : operations.all()) {
      String body = operation.method().equals("POST") ? "{}" : null;
      for (String query : List.of("?colour=red", "?Limit=5", "?limit%20=5", "?%00", "?x")) {
        Answer answer =
            bookings.send(
                operation.method(),
                operation.somewhere() + query,
                token(operation.path()),
                body,
                Map.of());
        assertThat(answer.outcome()).as(operation + query).isEqualTo("400 validation-error");
        assertThat(answer.http().body()).as(operation + query).contains("unknown parameter");
      }
      for (String known : operation.queryParameters()) {
        String path = operation.somewhere() + "?" + known + "=%21";
        Answer wrong =
            bookings.send(operation.method(), path, token(operation.path()), body, Map.of());
        wrong.is("400 validation-error");
        assertThat(field(wrong)).isEqualTo(known);
        if (!known.equals("status")) {
          Answer twice =
              bookings.send(
                  operation.method(),
                  path + "&" + known + "=%21",
                  token(operation.path()),
                  body,
                  Map.of());
          assertThat(message(twice.is("400 validation-error"))).isEqualTo("must be there once");
        }
      }
    }
  }

  private static String field(Answer answer) {
    return answer.body().getJsonArray("violations").getJsonObject(0).getString("field");
  }

  private static String message(Answer answer) {
    return answer.body().getJsonArray("violations").getJsonObject(0).getString("message");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "my-bookings?limit=0 | must be a number from 1 to 100",
        "my-bookings?limit=101 | must be a number from 1 to 100",
        "my-bookings?limit=ten | must be a number from 1 to 100",
        "my-bookings?limit=%2B5 | must be a number from 1 to 100",
        "my-bookings?limit=99999999999 | must be a number from 1 to 100",
        "my-bookings?limit= | must have a value",
        "my-bookings?status=CONFIRMED&status= | must have a value",
        "my-bookings?status=BOOKED | must be one of PENDING, CONFIRMED, CHECKED_IN,"
            + " PENDING_PAYMENT, CANCELLED, REFUNDED",
        "my-bookings?from=tomorrow | must be an RFC 3339 time such as 2026-11-30T12:00:00Z",
        "my-bookings?to=2026-11-30 | must be an RFC 3339 time such as 2026-11-30T12:00:00Z",
        "my-bookings?cursor=x | must be the nextCursor of the page before",
        "settlements?limit=1001 | must be a number from 1 to 1000",
        "settlements?limit=x | must be a number from 1 to 1000",
        "settlements?stuck=yes | must be true or false"
      })
  void aWrongValueTellsWhichAreRight(String query, String message) {
    String path = (query.startsWith("my") ? "/api/client/" : "/api/internal/") + query;
    assertThat(message(bookings.get(token(path), path).is("400 validation-error")))
        .isEqualTo(message);
  }

  private String created() {
    return bookings.create(customer, scene.session(), "ON_SITE").is("201").text("id");
  }

  private record Seen(String path, String token, Map<String, String> headers) {}

  /** The same booking as its customer, a guest with their token and another service see it. */
  private List<Seen> seen() {
    Answer guests =
        bookings
            .post(
                null,
                scene.session().path().replace("/client/", "/client/guest/"),
                JsonObject.of("paymentMethod", "ON_SITE")
                    .put("email", scene.company + "@example.com"))
            .is("201");
    String id = created();
    return List.of(
        new Seen(Bookings.one(id), customer.token(), Map.of()),
        new Seen(
            "/api/client/guest/bookings/" + guests.body().getJsonObject("booking").getString("id"),
            null,
            Map.of("Booking-Token", guests.text("bookingToken"))),
        new Seen("/api/internal/bookings/" + id, Service.NEIGHBOURS.serviceToken(), Map.of()));
  }

  private Answer get(Seen seen, String ifNoneMatch) {
    Map<String, String> headers = new HashMap<>(seen.headers());
    if (ifNoneMatch != null) {
      headers.put("If-None-Match", ifNoneMatch);
    }
    return bookings.send("GET", seen.path(), seen.token(), null, headers);
  }

  /** RFC 9110, 13.1.2: weak comparison, lists, any. */
  @Test
  void whoHasABookingAsItIsGets304() {
    for (Seen one : seen()) {
      Answer first = get(one, null).is("200");
      String tag = first.header("ETag").orElseThrow();
      assertThat(tag).matches("\"[^\"]+\"");
      assertThat(first.http().headers().allValues("Cache-Control"))
          .containsExactly("private, no-cache");
      for (String same :
          List.of(tag, "W/" + tag, "\"x\", " + tag, "W/\"x\",W/" + tag, "\"a,b\"," + tag, "*")) {
        Answer unchanged = get(one, same).is("304");
        assertThat(unchanged.header("ETag")).as(same).contains(tag);
        assertThat(unchanged.header("Cache-Control")).contains("private, no-cache");
        assertThat(unchanged.http().body()).isEmpty();
      }
      for (String other :
          List.of(
              "\"x\"", "W/\"x\"", "\"" + tag.replace("\"", "") + "0\"", tag.replace("\"", ""))) {
        get(one, other).is("200");
      }
    }
  }

  @Test
  void whatHasNoTagIsNotStored() {
    Answer list = bookings.get(customer.token(), "/api/client/my-bookings").is("200");
    assertThat(list.http().headers().allValues("Cache-Control")).containsExactly("no-store");
    Answer gone = bookings.get(customer, UUID.randomUUID().toString()).is("404 booking-not-found");
    assertThat(gone.http().headers().allValues("Cache-Control")).containsExactly("no-store");
  }

  /**
   * RFC 6750: a token that is no good is told so; where there was none, nothing is wrong with it.
   */
  @Test
  void theChallengeTellsWhatIsWrong() {
    String expired =
        SandboxKeys.sign(
            Jwt.claims().subject(customer.userId().toString()).issuer("sandbox").expiresAt(1));
    for (String path : List.of("/api/client/my-bookings", "/api/internal/settlements")) {
      for (String token : List.of(expired, "x", "a.b.c")) {
        assertThat(challenges(bookings.get(token, path).is("401 unauthorized")))
            .containsExactly("Bearer error=\"invalid_token\"");
      }
      assertThat(
              challenges(bookings.send("GET", path, null, null, Map.of()).is("401 unauthorized")))
          .containsExactly("Bearer");
    }
  }

  private static List<String> challenges(Answer answer) {
    return answer.http().headers().allValues("WWW-Authenticate");
  }

  /** Whatever the header holds, on every path. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Bearer .",
        "Bearer ..",
        "Bearer",
        "Bearer ",
        "Bearer \"\"",
        "Bearer a b",
        "bearer .",
        "Basic .",
        "Basic YTpi",
        "Digest x",
        ".",
        "",
        "Bearer ...",
        "Bearer e30.e30.",
        "Bearer e30.e30.e30",
        "Bearer .e30.",
        "Bearer bnVsbA.bnVsbA.bnVsbA",
        "Bearer W10.W10.W10",
        "Bearer ====",
        "Negotiate"
      })
  void anAuthorizationThatIsNoneIs401(String header) {
    for (Operation operation : operations.all()) {
      String body = operation.method().equals("POST") ? "{}" : null;
      Answer answer =
          bookings.send(
              operation.method(),
              operation.somewhere(),
              null,
              body,
              Map.of("Authorization", header));
      if (operation.path().startsWith("/api/client/guest")) {
        assertThat(answer.status()).as(operation + " " + header).isIn(400, 401, 404);
      } else {
        assertThat(answer.outcome()).as(operation + " " + header).isEqualTo("401 unauthorized");
      }
    }
    for (String path : List.of("/", "/nothing", "/api", "/api/client/nothing", "/q/openapi")) {
      assertThat(bookings.send("GET", path, null, null, Map.of("Authorization", header)).status())
          .as(path + " " + header)
          .isIn(200, 401, 404);
    }
  }

  /** api.md, "Callers": on every operation of a customer's; other services may be anybody. */
  @Test
  void aTokenThatNamesNoUserIs403() {
    for (String subject : new String[] {null, "", "ada", "1-1-1-1-1", " " + UUID.randomUUID()}) {
      var claims = Jwt.claims().issuer("sandbox").expiresIn(Duration.ofHours(1));
      String token = SandboxKeys.sign(subject == null ? claims : claims.subject(subject));
      for (Operation operation : operations.all()) {
        if (operation.internal() || operation.path().startsWith("/api/client/guest")) {
          continue;
        }
        String body = operation.method().equals("POST") ? "{\"paymentMethod\":\"ON_SITE\"}" : null;
        if (operation.path().endsWith("/cancel")) {
          body = "{}";
        }
        assertThat(
                bookings
                    .send(operation.method(), operation.somewhere(), token, body, Map.of())
                    .outcome())
            .as(operation + " " + subject)
            .isEqualTo("403 forbidden");
      }
    }
  }

  @Test
  void anIdempotencyKeyIsNeverEmpty() {
    for (Operation operation : operations.all()) {
      if (!operation.method().equals("POST") || operation.internal()) {
        continue;
      }
      for (String key : List.of("", " ", "\"\"", "x".repeat(256))) {
        bookings
            .send(
                "POST",
                operation.somewhere(),
                customer.token(),
                "{}",
                Map.of("Idempotency-Key", key))
            .is("400 validation-error");
      }
    }
  }

  /** The encoded value reaches the reader as it is: nothing is cut off or trimmed. */
  @Test
  void aTimeIsMeantToTheLetter() {
    for (String time :
        List.of(" 2026-11-30T12:00:00Z", "2026-11-30T12:00:00Z\u0000", "2026-11-30")) {
      bookings
          .get(
              customer.token(),
              "/api/client/my-bookings?from=" + URLEncoder.encode(time, StandardCharsets.UTF_8))
          .is("400 validation-error");
    }
  }
}
