package app.bookings.testsupport;

import static org.assertj.core.api.Assertions.assertThat;

import app.bookings.testsupport.Scene.Customer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.awaitility.Awaitility;

/**
 * The bookings service as its callers see it. What a client of the API usually asks goes through
 * REST-assured ({@link PlainRequests}). What must reach the service exactly as it is written here,
 * be it a header, a query or a body that no client would send, and what is asked many at a time,
 * goes through the JDK's client: REST-assured is blocking, and completes and encodes what it is
 * given.
 */
public final class Bookings {

  /** How long anything takes to come true that takes its time. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final HttpClient HTTP =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(10))
          .build();

  private static final String MANAGEMENT = "/q/";

  private final String url;
  private final String managementUrl;

  public Bookings(String url) {
    this(url, url);
  }

  /** As in production: health, metrics and the API's description have an address of their own. */
  public Bookings(String url, String managementUrl) {
    this.url = url;
    this.managementUrl = managementUrl;
  }

  private URI at(String path) {
    return URI.create((path.startsWith(MANAGEMENT) ? managementUrl : url) + path);
  }

  /** What came, as it came. */
  public record Http(String body, HttpHeaders headers) {}

  /** An answer, with a body if it has one. */
  public record Answer(int status, Http http, JsonObject body) {

    static Answer of(int status, String text, HttpHeaders headers) {
      boolean json = text != null && text.startsWith("{");
      return new Answer(status, new Http(text, headers), json ? new JsonObject(text) : null);
    }

    public String slug() {
      return body == null ? "" : body.getString("type", "").replace("urn:bookings:problem:", "");
    }

    public String text(String member) {
      return body.getString(member);
    }

    public Optional<String> header(String name) {
      return http.headers().firstValue(name);
    }

    /** The status and, of a problem, its slug: {@code 409 session-full}. */
    public String outcome() {
      return slug().isEmpty() ? Integer.toString(status) : status + " " + slug();
    }

    public Answer is(String outcome) {
      assertThat(outcome()).as("%s", body).isEqualTo(outcome);
      return this;
    }

    /** Status and payment state of a booking: {@code CONFIRMED/PAID}. */
    public Answer booking(String states) {
      assertThat(text("status") + "/" + text("paymentState")).as("%s", body).isEqualTo(states);
      return this;
    }

    /** Where the customer pays; null where no checkout is open. */
    public String checkout() {
      JsonObject payment = body == null ? null : body.getJsonObject("payment");
      return payment == null ? null : payment.getString("checkoutUrl");
    }
  }

  /** Waits until a booking is in these states: {@code CONFIRMED/PAID}. */
  public void becomes(Customer customer, String bookingId, String states) {
    becomes(() -> get(customer, bookingId), states);
  }

  /** Waits until an answer tells of a booking in these states. */
  public static void becomes(Supplier<Answer> asked, String states) {
    Awaitility.await().atMost(PATIENCE).untilAsserted(() -> asked.get().is("200").booking(states));
  }

  public Answer create(Customer customer, Scene.Session session, JsonObject body) {
    return post(customer.token(), session.path(), body);
  }

  public Answer create(Customer customer, Scene.Session session, String method) {
    return create(customer, session, new JsonObject().put("paymentMethod", method));
  }

  public Answer pay(Customer customer, String bookingId, JsonObject body) {
    return post(customer.token(), one(bookingId) + "/pay", body);
  }

  public Answer pay(Customer customer, String bookingId, String method) {
    return pay(customer, bookingId, new JsonObject().put("paymentMethod", method));
  }

  public Answer cancel(Customer customer, String bookingId) {
    return post(customer.token(), one(bookingId) + "/cancel", null);
  }

  public Answer get(Customer customer, String bookingId) {
    return get(customer.token(), one(bookingId));
  }

  public static String one(String bookingId) {
    return "/api/client/bookings/" + bookingId;
  }

  public Answer get(String token, String path) {
    return path.contains("?")
        ? send("GET", path, token, null, Map.of())
        : PlainRequests.send("GET", at(path), token, null);
  }

  public Answer post(String token, String path, JsonObject body) {
    return PlainRequests.send("POST", at(path), token, body == null ? null : body.encode());
  }

  public Answer send(
      String method, String path, String token, String body, Map<String, String> headers) {
    return sendAsync(method, path, token, body, headers).join();
  }

  public CompletableFuture<Answer> createAsync(
      Customer customer, Scene.Session session, String method) {
    String body = new JsonObject().put("paymentMethod", method).encode();
    return sendAsync("POST", session.path(), customer.token(), body, Map.of());
  }

  public CompletableFuture<Answer> sendAsync(
      String method, String path, String token, String body, Map<String, String> headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(at(path))
            .timeout(Duration.ofSeconds(60))
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    if (body != null && !headers.containsKey("Content-Type")) {
      request.header("Content-Type", "application/json");
    }
    headers.forEach(request::header);
    return HTTP.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString())
        .thenApply(
            response -> Answer.of(response.statusCode(), response.body(), response.headers()));
  }

  /** Whether it answers at all. */
  public boolean ready() {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(at("/q/health/ready")).timeout(Duration.ofSeconds(2)).build();
      return HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException notYet) {
      return false;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new IOException(stopped));
    }
  }
}
