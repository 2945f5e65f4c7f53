package app.bookings.database;

import io.vertx.core.VertxException;
import java.io.IOException;
import java.net.ConnectException;
import java.util.Set;

/** What a database says, or no longer says, when it restarts or a connection breaks. */
final class Connections {

  /** Starting up or shutting down, too many clients. */
  private static final Set<String> REFUSED = Set.of("57P03", "53300");

  /** Ended by an operator or by a crash of the server: what was under way may have taken effect. */
  private static final Set<String> ENDED = Set.of("57P01", "57P02");

  private Connections() {}

  /** Whether another connection may do better. */
  static boolean broken(Throwable failure) {
    if (refused(failure)) {
      return true;
    }
    String state = Database.sqlState(failure);
    if (state != null) {
      return ENDED.contains(state) || state.startsWith("08");
    }
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof IOException || cause instanceof VertxException) {
        return true;
      }
    }
    return false;
  }

  /** Whether there was no connection to send anything on. */
  static boolean refused(Throwable failure) {
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
}
