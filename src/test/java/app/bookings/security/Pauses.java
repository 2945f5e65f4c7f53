package app.bookings.security;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Asks the same small question all the time, over connections that were there before: the longest
 * answer tells how long an event loop stood.
 */
final class Pauses implements AutoCloseable {

  private static final int CONNECTIONS = 8;
  private static final byte[] QUESTION =
      "GET /api/client/my-bookings HTTP/1.1\r\nHost: localhost\r\n\r\n"
          .getBytes(StandardCharsets.US_ASCII);

  private final List<Thread> threads = new ArrayList<>();
  private final AtomicLong longest = new AtomicLong();
  private volatile boolean asking = true;

  Pauses(int port) {
    for (int i = 0; i < CONNECTIONS; i++) {
      Thread thread = new Thread(() -> ask(port), "pauses-" + i);
      thread.setDaemon(true);
      thread.start();
      threads.add(thread);
    }
  }

  private void ask(int port) {
    while (asking) {
      try (Socket socket = new Socket("localhost", port)) {
        socket.setSoTimeout(60_000);
        while (asking) {
          long began = System.nanoTime();
          socket.getOutputStream().write(QUESTION);
          readAnswer(socket.getInputStream());
          longest.accumulateAndGet(System.nanoTime() - began, Math::max);
          Thread.sleep(10);
        }
      } catch (IOException closed) {
        Thread.onSpinWait();
      } catch (InterruptedException stopped) {
        return;
      }
    }
  }

  private static void readAnswer(InputStream answer) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = answer.read();
      if (next < 0) {
        throw new IOException("closed");
      }
      head.append((char) next);
    }
    String length = head.toString().replaceAll("(?is).*content-length: (\\d+).*", "$1");
    answer.readNBytes(Integer.parseInt(length));
  }

  /** Milliseconds, of what was asked since the last look. */
  long longestMillis() {
    return longest.getAndSet(0) / 1_000_000;
  }

  @Override
  public void close() {
    asking = false;
    threads.forEach(Thread::interrupt);
  }
}
