package app.bookings.testsupport;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** A receiver of outbound events that keeps what it gets. */
public final class Sink {

  private final HttpServer server;
  private final List<Received> received = new CopyOnWriteArrayList<>();
  private volatile int status = 204;

  /** An event as it came. */
  public record Received(String id, String timestamp, String signature, String body) {
    public JsonObject event() {
      return new JsonObject(body);
    }
  }

  public Sink() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext("/events", this::receive);
    server.start();
  }

  private void receive(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      if (status < 300) {
        received.add(
            new Received(
                exchange.getRequestHeaders().getFirst("webhook-id"),
                exchange.getRequestHeaders().getFirst("webhook-timestamp"),
                exchange.getRequestHeaders().getFirst("webhook-signature"),
                body));
      }
      exchange.sendResponseHeaders(status, -1);
    }
  }

  public String url() {
    return "http://localhost:" + server.getAddress().getPort() + "/events";
  }

  /** What it answers from now on. */
  public void answer(int newStatus) {
    status = newStatus;
  }

  public List<Received> of(String bookingId) {
    return received.stream().filter(r -> r.event().getString("subject").equals(bookingId)).toList();
  }

  public List<String> types(String bookingId) {
    return of(bookingId).stream().map(r -> r.event().getString("type")).toList();
  }
}
