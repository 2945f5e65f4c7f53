package app.bookings.security;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Answers whatever it is asked with 200 and a body that does not end, until it is hung up on. */
final class EndlessServer implements AutoCloseable {

  private final ServerSocket server;
  private final String headers;
  private final AtomicInteger hungUp = new AtomicInteger();
  private final AtomicLong longest = new AtomicLong();

  /**
   * @param headers what the answer says of its length
   */
  EndlessServer(String headers) throws IOException {
    this.server = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    this.headers = headers;
    Thread acceptor = new Thread(this::accept, "endless");
    acceptor.setDaemon(true);
    acceptor.start();
  }

  String url() {
    return "http://localhost:" + server.getLocalPort();
  }

  /** How often somebody had enough. */
  int hungUp() {
    return hungUp.get();
  }

  /** Bytes of the longest answer that somebody took. */
  long longest() {
    return longest.get();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        Thread answering = new Thread(() -> answer(socket), "endless-answer");
        answering.setDaemon(true);
        answering.start();
      } catch (IOException closed) {
        if (!server.isClosed()) {
          throw new UncheckedIOException(closed);
        }
      }
    }
  }

  private void answer(Socket socket) {
    long sent = 0;
    try (socket) {
      socket.getInputStream().read(new byte[64 * 1024]);
      OutputStream out = socket.getOutputStream();
      out.write(
          ("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n" + headers + "\r\n\r\n")
              .getBytes(StandardCharsets.US_ASCII));
      boolean chunked = headers.contains("chunked");
      byte[] part = new byte[8 * 1024];
      Arrays.fill(part, (byte) ' ');
      while (true) {
        if (chunked) {
          out.write("2000\r\n".getBytes(StandardCharsets.US_ASCII));
        }
        out.write(part);
        if (chunked) {
          out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
        }
        sent += part.length;
      }
    } catch (IOException reset) {
      hungUp.incrementAndGet();
    } finally {
      long taken = sent;
      longest.accumulateAndGet(taken, Math::max);
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
