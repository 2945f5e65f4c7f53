package app.bookings.testsupport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.bookings.testsupport.Bookings.Answer;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The tests' client sends what it is given and judges nothing, whichever way a request goes. */
@Fast
class BookingsTest {

  private final List<String> requests = new ArrayList<>();
  private HttpServer server;
  private Bookings bookings;
  private int status = 200;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::receive);
    server.start();
    bookings = new Bookings("http://localhost:" + server.getAddress().getPort());
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void receive(HttpExchange exchange) throws IOException {
    try (exchange) {
      Map<String, List<String>> headers = new TreeMap<>(exchange.getRequestHeaders());
      // which client it is may be seen, and whether it says that there is no body
      List.of("User-agent", "Connection", "Host").forEach(headers::remove);
      headers.remove("Content-length", List.of("0"));
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      requests.add(
          "%s %s %s %s %s"
              .formatted(
                  exchange.getProtocol(),
                  exchange.getRequestMethod(),
                  exchange.getRequestURI(),
                  headers,
                  body));
      exchange.getResponseHeaders().add("Content-Type", "text/odd");
      exchange.getResponseHeaders().add("Twice", "one");
      exchange.getResponseHeaders().add("Twice", "two");
      byte[] answer = "{\"said\":\"ü\"}".getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(status, answer.length);
      exchange.getResponseBody().write(answer);
    }
  }

  @Test
  void aRequestIsTheSameEitherWay() {
    JsonObject body = JsonObject.of("text", "Grüße %20");
    bookings.get("token", "/some/%C3%BC");
    bookings.send("GET", "/some/%C3%BC", "token", null, Map.of());
    bookings.get((String) null, "/some");
    bookings.send("GET", "/some", null, null, Map.of());
    bookings.post("token", "/some", body);
    bookings.send("POST", "/some", "token", body.encode(), Map.of());
    bookings.post("token", "/some", null);
    bookings.send("POST", "/some", "token", null, Map.of());
    for (int i = 0; i < requests.size(); i += 2) {
      assertThat(requests.get(i)).isEqualTo(requests.get(i + 1));
    }
    assertThat(requests).hasSize(8).noneMatch(request -> request.contains("Accept"));
  }

  @Test
  void anAnswerIsTheSameEitherWay() {
    for (int odd : new int[] {200, 302, 418, 500}) {
      status = odd;
      Answer one = bookings.get("token", "/some");
      Answer other = bookings.send("GET", "/some", "token", null, Map.of());
      assertThat(one.status()).isEqualTo(other.status()).isEqualTo(odd);
      assertThat(one.body()).isEqualTo(other.body()).isEqualTo(JsonObject.of("said", "ü"));
      assertThat(one.http().headers().allValues("twice")).containsExactly("one", "two");
    }
  }

  @Test
  void whoIsNotThereIsToldEitherWay() {
    server.stop(0);
    assertThatThrownBy(() -> bookings.get("token", "/some"))
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(ConnectException.class);
    assertThatThrownBy(() -> bookings.send("GET", "/some", "token", null, Map.of()))
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(ConnectException.class);
  }
}
