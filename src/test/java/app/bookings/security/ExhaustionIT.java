package app.bookings.security;

import static org.assertj.core.api.Assertions.assertThat;

import app.bookings.testsupport.Bookings.Answer;
import app.bookings.testsupport.Processes;
import app.bookings.testsupport.Scene;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/**
 * reliability.md, "Exhaustion": the packaged service with the flags of its image, attacked by
 * people without a token and by those whom it asks. It lives, goes on answering, and forgets what
 * it was told. Memory and the longest pause are printed for each attack.
 */
class ExhaustionIT {

  private static final String GUEST =
      "/api/client/guest/companies/" + UUID.randomUUID() + "/sessions/" + UUID.randomUUID();

  private static Processes processes;
  private static EndlessServer payments;
  private static EndlessServer sink;
  private static EndlessServer issuer;
  private static Pauses pauses;

  @BeforeAll
  static void start() throws IOException {
    payments = new EndlessServer("Transfer-Encoding: chunked");
    sink = new EndlessServer("Content-Length: 600000000");
    issuer = new EndlessServer("Transfer-Encoding: chunked");
    processes = new Processes(2);
    processes.command(imageCommand());
    processes.settings().put("PAYMENTS_URL", payments.url());
    processes.settings().put("BOOKINGS_EVENT_SINKS", sink.url());
    processes.settings().put("BOOKINGS_EVENT_SECRET", "0123456789abcdef0123456789abcdef");
    processes.settings().put("BOOKINGS_GUEST_RATE_PER_MINUTE", "1000000");
    processes.start(0);
    pauses = new Pauses(port(0));
  }

  @AfterAll
  static void stop() throws IOException {
    pauses.close();
    processes.close();
    payments.close();
    sink.close();
    issuer.close();
  }

  /** What the image starts, without the cache of its training run. */
  private static List<String> imageCommand() throws IOException {
    String dockerfile = Files.readString(Path.of("Dockerfile.jvm"));
    Matcher entry = Pattern.compile("ENTRYPOINT \\[(.*?)]", Pattern.DOTALL).matcher(dockerfile);
    assertThat(entry.find()).isTrue();
    Matcher words = Pattern.compile("\"(.*?)\"").matcher(entry.group(1));
    List<String> command = new ArrayList<>();
    while (words.find()) {
      String word = words.group(1);
      if (!word.startsWith("-XX:AOTCache")) {
        command.add(word.replace("/app/", "target/quarkus-app/"));
      }
    }
    command.set(0, Processes.packaged().get(0));
    assertThat(command).contains("-Xmx128m", "-XX:+ExitOnOutOfMemoryError");
    return command;
  }

  private static int port(int replica) {
    return URI.create(processes.url(replica)).getPort();
  }

  @AfterEach
  void itLivesAndAnswers(TestInfo attack) throws IOException {
    for (int replica = 0; replica < 2; replica++) {
      if (!processes.launched(replica)) {
        continue;
      }
      assertThat(processes.alive(replica)).isTrue();
      String resident =
          Files.readAllLines(Path.of("/proc/" + processes.pid(replica) + "/status")).stream()
              .filter(line -> line.startsWith("VmRSS") || line.startsWith("VmHWM"))
              .map(line -> line.replaceAll("\\s+", " "))
              .toList()
              .toString();
      System.out.printf(
          "ExhaustionIT: %s: replica %d, %s, longest pause %d ms%n",
          attack.getDisplayName(), replica, resident, pauses.longestMillis());
    }
    serves(0);
  }

  private static void serves(int replica) {
    String token = processes.neighbours().userToken(UUID.randomUUID());
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .ignoreExceptions()
        .untilAsserted(
            () -> processes.bookings(replica).get(token, "/api/client/my-bookings").is("200"));
  }

  @Test
  void listsOfNothing() {
    List<CompletableFuture<Answer>> asked = new ArrayList<>();
    for (String element : List.of("null", "{}", "[]", "{\"extraId\":1}")) {
      String list = (element + ",").repeat(64_000 / (element.length() + 1) - 20) + element;
      for (int i = 0; i < 8; i++) {
        asked.add(
            processes
                .bookings(0)
                .sendAsync(
                    "POST", GUEST + "/bookings", null, "{\"extras\":[" + list + "]}", Map.of()));
      }
    }
    asked.forEach(
        answer -> {
          answer.join().is("400 validation-error");
          assertThat(answer.join().http().body().length()).isLessThan(4096);
        });
  }

  @Test
  void inventedMethodsAndPaths() throws IOException {
    StringBuilder requests = new StringBuilder();
    try (Socket socket = new Socket("localhost", port(0))) {
      Thread answers = drained(socket);
      for (int i = 0; i < 10_000; i++) {
        requests.append("M").append(i).append("X0 ").append(GUEST).append("/bookings");
        requests.append(" HTTP/1.1\r\nHost: localhost\r\n\r\n");
        if (i % 100 == 0) {
          socket.getOutputStream().write(requests.toString().getBytes(StandardCharsets.US_ASCII));
          requests.setLength(0);
        }
      }
      for (int i = 0; i < 300; i++) {
        requests.append("GET /api/client/invented-").append(i).append("/x HTTP/1.1\r\n");
        requests.append("Host: localhost\r\n\r\n");
        requests.append("GET /invented-").append(i).append("/x HTTP/1.1\r\n");
        requests.append("Host: localhost\r\n\r\n");
      }
      requests.append("GET /last HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
      socket.getOutputStream().write(requests.toString().getBytes(StandardCharsets.US_ASCII));
      join(answers);
    }
    serves(0);
    Awaitility.await()
        .untilAsserted(
            () ->
                assertThat(series())
                    .hasSizeLessThan(60)
                    .noneMatch(line -> line.contains("invented"))
                    .noneMatch(line -> line.contains("X0\""))
                    .anyMatch(line -> line.contains("method=\"OTHER\""))
                    .anyMatch(
                        line ->
                            line.contains("uri=\"/api/client/my-bookings\"")
                                && line.contains("status=\"200\"")));
  }

  private static List<String> series() {
    return processes
        .bookings(0)
        .send("GET", "/q/metrics", null, null, Map.of("Accept", "text/plain"))
        .http()
        .body()
        .lines()
        .filter(line -> line.startsWith("http_server_requests_seconds_count{"))
        .toList();
  }

  @Test
  void connectionsWithUnfinishedBodies() throws IOException {
    byte[] begun =
        ("POST "
                + GUEST
                + "/bookings HTTP/1.1\r\nHost: localhost\r\n"
                + "Content-Type: application/json\r\nContent-Length: 60000\r\n\r\n"
                + " ".repeat(50_000))
            .getBytes(StandardCharsets.US_ASCII);
    List<Socket> held = new ArrayList<>();
    try {
      for (int i = 0; i < 3000; i++) {
        Socket socket = new Socket("localhost", port(0));
        held.add(socket);
        try {
          socket.getOutputStream().write(begun);
        } catch (SocketException refused) {
          // Closed at the door: that is what bounds it.
          assertThat(refused).hasMessageMatching("(?i).*(reset|broken|closed).*");
        }
      }
      assertThat(processes.alive(0)).isTrue();
    } finally {
      for (Socket socket : held) {
        socket.close();
      }
    }
  }

  /** Requests without end from somebody who never reads what they are answered. */
  @Test
  void answersThatNobodyReads() throws IOException {
    byte[] requests =
        ("GET /" + "x".repeat(300) + " HTTP/1.1\r\nHost: x\r\n\r\n")
            .repeat(100)
            .getBytes(StandardCharsets.US_ASCII);
    for (int connection = 0; connection < 3; connection++) {
      try (Socket socket = new Socket()) {
        socket.setReceiveBufferSize(4096);
        socket.setSoTimeout(5_000);
        socket.connect(new java.net.InetSocketAddress("localhost", port(0)));
        int sent = 0;
        try {
          while (sent < 4000) {
            socket.getOutputStream().write(requests);
            sent++;
          }
        } catch (SocketException cutOff) {
          assertThat(sent).isLessThan(4000);
        }
        assertThat(sent).as("batches of 100 that were taken").isLessThan(4000);
      }
    }
  }

  @Test
  void streamsOfHttp2WhereNobodyAskedForIt() throws IOException {
    assertThat(halfOpenStreams(port(0))).doesNotContain("SETTINGS");
  }

  @Test
  void streamsOfHttp2AndAnEndlessIssuer() throws IOException {
    processes.settings().put("QUARKUS_HTTP_HTTP2", "true");
    processes.settings().put("OIDC_AUTH_SERVER_URL", issuer.url());
    processes.start(1);
    // In clear text there is none, whatever is asked for.
    assertThat(halfOpenStreams(port(1))).doesNotContain("SETTINGS");
    String token = processes.neighbours().userToken(UUID.randomUUID());
    processes.bookings(1).get(token, "/api/client/my-bookings").is("503 upstream-unavailable");
    assertThat(processes.alive(1)).isTrue();
    processes
        .bookings(1)
        .send("GET", "/api/client/my-bookings", null, null, Map.of())
        .is("401 unauthorized");
  }

  /** 20,000 requests begun on one connection with prior knowledge; the kinds of frames answered. */
  private static List<String> halfOpenStreams(int port) throws IOException {
    List<String> kinds = new ArrayList<>();
    try (Socket socket = new Socket("localhost", port)) {
      socket.setSoTimeout(5_000);
      socket
          .getOutputStream()
          .write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().write(frame(4, 0, 0, new byte[0]));
      Thread sending =
          new Thread(
              () -> {
                try {
                  byte[] head = requestHead();
                  for (int stream = 1; stream < 40_000; stream += 2) {
                    socket.getOutputStream().write(frame(1, 4, stream, head));
                  }
                  socket.shutdownOutput();
                } catch (IOException cutOff) {
                  Thread.onSpinWait();
                }
              });
      sending.start();
      read(socket.getInputStream(), kinds);
      join(sending);
    }
    return kinds;
  }

  private static void read(InputStream frames, List<String> kinds) throws IOException {
    try {
      while (true) {
        byte[] head = frames.readNBytes(9);
        if (head.length < 9) {
          return;
        }
        int length = ((head[0] & 255) << 16) | ((head[1] & 255) << 8) | (head[2] & 255);
        if (length > 20_000) {
          kinds.add("not HTTP/2");
          return;
        }
        frames.readNBytes(length);
        kinds.add(head[3] == 4 ? "SETTINGS" : head[3] == 3 ? "RST_STREAM" : "type " + head[3]);
      }
    } catch (SocketException | java.net.SocketTimeoutException over) {
      kinds.add("over");
    }
  }

  private static byte[] frame(int type, int flags, int stream, byte[] payload) {
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    IntStream.of(
            payload.length >> 16,
            payload.length >> 8,
            payload.length,
            type,
            flags,
            stream >> 24,
            stream >> 16,
            stream >> 8,
            stream)
        .forEach(frame::write);
    frame.writeBytes(payload);
    return frame.toByteArray();
  }

  /** POST, http, a path and an authority, none of them kept in a table. */
  private static byte[] requestHead() {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    head.write(0x83);
    head.write(0x86);
    byte[] path = (GUEST + "/bookings").getBytes(StandardCharsets.US_ASCII);
    head.write(0x04);
    head.write(127);
    head.write(path.length - 127);
    head.writeBytes(path);
    head.write(0x01);
    head.write(9);
    head.writeBytes("localhost".getBytes(StandardCharsets.US_ASCII));
    return head.toByteArray();
  }

  /** Payments' answer to a checkout, and the sink's to the events of it. */
  @Test
  void answersWithoutAnEnd() {
    Scene scene = new Scene(processes.neighbours());
    List<CompletableFuture<Answer>> asked = new ArrayList<>();
    Scene.Session session = scene.session(new JsonObject().put("capacity", 100));
    for (int i = 0; i < 10; i++) {
      asked.add(processes.bookings(0).createAsync(scene.customer(), session, "CARD"));
    }
    asked.forEach(answer -> assertThat(answer.join().status()).isIn(202, 503));
    Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> sink.hungUp() >= 5);
    assertThat(payments.hungUp()).isPositive();
    // What is in the buffers of both ends is no more than this.
    assertThat(payments.longest()).isLessThan(20_000_000);
    assertThat(sink.longest()).isLessThan(20_000_000);
  }

  private static Thread drained(Socket socket) {
    Thread reader =
        new Thread(
            () -> {
              try {
                socket.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
              } catch (IOException closed) {
                Thread.onSpinWait();
              }
            });
    reader.start();
    return reader;
  }

  private static void join(Thread thread) {
    try {
      thread.join(60_000);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopped);
    }
  }
}
