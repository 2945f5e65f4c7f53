package app.bookings.database;

import io.vertx.core.VertxException;
import io.vertx.core.impl.NoStackTraceThrowable;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.sqlclient.impl.Connection;
import io.vertx.sqlclient.impl.SocketConnectionBase;
import io.vertx.sqlclient.impl.SqlConnectionInternal;
import java.io.IOException;
import java.net.ConnectException;
import java.util.Set;

/** What a database says, or no longer says, when it restarts or a connection breaks. */
final class Connections {

  /** Starting up or shutting down, too many clients, no longer the primary. */
  private static final Set<String> REFUSED = Set.of("57P03", "53300", "25006");

  /** Ended by an operator or by a crash of the server: what was under way may have taken effect. */
  private static final Set<String> ENDED = Set.of("57P01", "57P02", "57P05", "25P03");

  private Connections() {}

  /** Whether another connection may do better. */
  static boolean broken(Throwable failure) {
    if (failure instanceof NoAnswer || refused(failure)) {
      return true;
    }
    String state = Database.sqlState(failure);
    if (state != null) {
      return ENDED.contains(state) || state.startsWith("08");
    }
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      // The client says with the last that it noticed before sending that a connection was gone.
      if (cause instanceof IOException
          || cause instanceof VertxException
          || cause instanceof NoStackTraceThrowable) {
        return true;
      }
    }
    return false;
  }

  /** Whether there was no connection to send anything on, or it was refused as a whole. */
  static boolean refused(Throwable failure) {
    if (failure instanceof NoAnswer silent) {
      return !silent.sent;
    }
    String state = Database.sqlState(failure);
    if (state != null) {
      return REFUSED.contains(state);
    }
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof ConnectException) {
        return true;
      }
    }
    return false;
  }

  /**
   * Closes the connection itself: it did not answer in time, or answers as what it was before a
   * fail-over, and must not be given to the next. The pool's own {@code close} would hand it on,
   * and there is no public call that does not.
   */
  static void drop(SqlConnection pooled) {
    Connection connection = ((SqlConnectionInternal) pooled.getDelegate()).unwrap();
    while (!(connection instanceof SocketConnectionBase) && connection != connection.unwrap()) {
      connection = connection.unwrap();
    }
    if (connection instanceof SocketConnectionBase socket) {
      socket.socket().close();
    }
  }

  /** No answer in time: no connection was to be had, or what was sent on it got none. */
  static final class NoAnswer extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final boolean sent;

    NoAnswer(boolean sent) {
      super(sent ? "no answer in time" : "no connection in time", null, false, false);
      this.sent = sent;
    }
  }
}
