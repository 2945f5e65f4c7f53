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
 * A way to a neighbour or to the database that can be shut: then connections to it are refused. It
 * can fall silent, too: connections stay, and nothing comes through them any more.
 */
public final class Gate {

  /** When the database or a neighbour falls silent for whoever says a word. */
  public enum Silent {
    /** What was said does not arrive. */
    BEFORE,
    /** It arrives, and the answer is lost. */
    AFTER
  }

  private final int port;
  private final int target;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final Set<Socket> silent = ConcurrentHashMap.newKeySet();
  private volatile boolean silence;
  private volatile String word;
  private volatile Silent when;
  private volatile boolean whole;
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

  /** All connections that there are fall silent for good; new ones are served. */
  public void hush() {
    silent.addAll(open);
  }

  /** From now on nothing comes through, on old connections or new ones; old ones stay so. */
  public void silence() {
    silence = true;
    hush();
  }

  /** New connections are served again. */
  public void speak() {
    silence = false;
    word = null;
  }

  /** Silent connections end: whoever waits on one notices. */
  public void endSilence() {
    speak();
    try {
      for (Socket socket : silent) {
        socket.close();
      }
      silent.clear();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /**
   * The connection on which this word is said next falls silent with it.
   *
   * @param wholeGate whether all others do, too, until {@link #speak}
   */
  public void silentAt(String saidWord, Silent beforeOrAfter, boolean wholeGate) {
    when = beforeOrAfter;
    whole = wholeGate;
    word = saidWord;
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
            if (silence) {
              silent.add(from);
            }
            start(() -> pipe(from, to, from, true));
            start(() -> pipe(to, from, from, false));
          }
        });
  }

  /** Bytes one way; on a connection that is silent they are read and go nowhere. */
  private void pipe(Socket from, Socket to, Socket connection, boolean asks) throws IOException {
    byte[] bytes = new byte[64 * 1024];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
        if (!asks && isToBeLost(bytes, read)) {
          return;
        }
        boolean passes = !silent.contains(connection);
        if (asks && passes && saysTheWord(bytes, read)) {
          passes = when == Silent.AFTER;
          silent.add(connection);
          if (whole) {
            silence();
          }
        }
        if (passes) {
          out.write(bytes, 0, read);
          out.flush();
        }
      }
    }
  }

  private synchronized boolean saysTheWord(byte[] bytes, int length) {
    if (word == null || !contains(bytes, length, word)) {
      return false;
    }
    word = null;
    return true;
  }

  private boolean isToBeLost(byte[] bytes, int length) {
    String lost = toBeLost.get();
    return lost != null && contains(bytes, length, lost) && toBeLost.compareAndSet(lost, null);
  }

  private static boolean contains(byte[] bytes, int length, String text) {
    return new String(bytes, 0, length, StandardCharsets.ISO_8859_1).contains(text);
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
