package app.bookings.testsupport;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.UUID;

/** Sets the scene at the sandbox of the neighbours, and reads its books. */
public final class Neighbours {

  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final String control;

  /**
   * The neighbours at an address.
   *
   * @param url where the sandbox is, such as {@code http://localhost:8081}
   */
  public Neighbours(String url) {
    this.control = url + "/sandbox/control";
  }

  public JsonObject putSession(UUID id, JsonObject members) {
    return send("PUT", "/sessions/" + id, members);
  }

  public JsonObject putCustomer(UUID id, JsonObject members) {
    return send("PUT", "/customers/" + id, members);
  }

  public JsonObject customer(UUID id) {
    return send("GET", "/customers/" + id, null);
  }

  public JsonObject putEntitlement(UUID id, JsonObject members) {
    return send("PUT", "/entitlements/" + id, members);
  }

  public int usesLeft(UUID entitlement) {
    return send("GET", "/entitlements/" + entitlement, null).getInteger("uses");
  }

  /** APPROVED, REJECTED or PENDING from now on. */
  public void decideRefunds(String decision) {
    send("PUT", "/settings", new JsonObject().put("refunds", decision));
  }

  /** Whether events are delivered from now on. */
  public void deliverEvents(boolean deliver) {
    send("PUT", "/settings", new JsonObject().put("events", deliver));
  }

  public void gatewayConfigured(boolean configured) {
    send("PUT", "/settings", new JsonObject().put("gatewayConfigured", configured));
  }

  public void decide(UUID refundRequest, String decision) {
    send("POST", "/refund-requests/" + refundRequest + "/" + decision, new JsonObject());
  }

  public void fault(JsonObject fault) {
    send("POST", "/faults", fault);
  }

  /** Everything as it is at the start: no faults, refunds approved at once, events delivered. */
  public void reset() {
    send("DELETE", "/faults", null);
    decideRefunds("APPROVED");
    deliverEvents(true);
    gatewayConfigured(true);
  }

  public JsonObject ledger() {
    return send("GET", "/ledger", null);
  }

  public String userToken(UUID userId) {
    return send("GET", "/token?user=" + userId, null).getString("token");
  }

  public String serviceToken() {
    return send("GET", "/token", null).getString("token");
  }

  /** Clicks on the checkout page: {@code pay} or {@code fail}. */
  public void click(String checkoutUrl, String button) {
    exchange(HttpRequest.newBuilder(URI.create(checkoutUrl + "/" + button)).POST(noBody()));
  }

  private JsonObject send(String method, String path, JsonObject body) {
    HttpRequest.BodyPublisher content =
        body == null ? noBody() : HttpRequest.BodyPublishers.ofString(body.encode());
    return new JsonObject(
        exchange(HttpRequest.newBuilder(URI.create(control + path)).method(method, content)));
  }

  private static HttpRequest.BodyPublisher noBody() {
    return HttpRequest.BodyPublishers.noBody();
  }

  private static String exchange(HttpRequest.Builder request) {
    try {
      HttpResponse<String> response =
          HTTP.send(
              request.timeout(Duration.ofSeconds(30)).build(),
              HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() >= 300) {
        throw new IllegalStateException(response.uri() + " answered " + response.statusCode());
      }
      return response.body();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopped);
    }
  }
}
