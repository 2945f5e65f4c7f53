package app.bookings.testsupport;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A way to a neighbour, or to the database, that can be shut: then connections to it are refused.
 */
public final class Gate {

  private final int port;
  private final int target;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicReference<String> toBeLost = new AtomicReference<>();
  private ServerSocket server;

  /** Open, on a port of its own. */
  public Gate(int target) {
    this.target = target;
    try {
      server = listen(0);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    this.port = server.getLocalPort();
    accept(server);
  }

  public int port() {
    return port;
  }

  /** The next answer that holds this text is lost, and its connection breaks. */
  public void loseAnswer(String text) {
    toBeLost.set(text);
  }

  /** Whether the answer that was to be lost still has to come. */
  public boolean waitsForAnswer() {
    return toBeLost.get() != null;
  }

  public synchronized void shut() {
    try {
      server.close();
      for (Socket socket : open) {
        socket.close();
      }
      open.clear();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  public synchronized void open() {
    if (server.isClosed()) {
      try {
        server = listen(port);
        accept(server);
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }
  }

  private static ServerSocket listen(int port) throws IOException {
    ServerSocket socket = new ServerSocket();
    socket.setReuseAddress(true);
    socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    return socket;
  }

  private void accept(ServerSocket listening) {
    start(
        () -> {
          while (!listening.isClosed()) {
            Socket from = listening.accept();
            Socket to = new Socket(InetAddress.getLoopbackAddress(), target);
            open.add(from);
            open.add(to);
            start(() -> pipe(from, to));
            start(() -> answers(to, from));
          }
        });
  }

  private static void pipe(Socket from, Socket to) throws IOException {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      in.transferTo(out);
    }
  }

  private void answers(Socket from, Socket to) throws IOException {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] part = new byte[65_536];
      for (int n = in.read(part); n >= 0; n = in.read(part)) {
        String lost = toBeLost.get();
        if (lost != null
            && new String(part, 0, n, StandardCharsets.ISO_8859_1).contains(lost)
            && toBeLost.compareAndSet(lost, null)) {
          return;
        }
        out.write(part, 0, n);
      }
    }
  }

  private interface Work {
    void run() throws IOException;
  }

  private static void start(Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException shut) {
                // The gate was shut, or one side hung up: the other notices.
                return;
              }
            });
    thread.setDaemon(true);
    thread.start();
  }
}
