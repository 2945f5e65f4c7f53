package app.bookings.testsupport;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A way to a neighbour that can be shut: then connections to it are refused. */
public final class Gate {

  private final int port;
  private final int target;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
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
            start(() -> pipe(to, from));
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
