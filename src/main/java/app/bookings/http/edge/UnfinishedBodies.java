package app.bookings.http.edge;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What all bodies that are still being sent may hold together: an eighth of the heap
 * (reliability.md, "Exhaustion"). Above that, the client that has been sending longest is cut off:
 * an honest client is done in milliseconds and very rarely the oldest.
 */
@ApplicationScoped
class UnfinishedBodies {

  private final long mostBytes = Runtime.getRuntime().maxMemory() / 8;

  /** Oldest first; what each may come to. */
  private final Map<HttpServerRequest, Long> open = new LinkedHashMap<>();

  private long bytes;

  /** A body of so many bytes begins to come. */
  synchronized void begun(HttpServerRequest request, long length) {
    open.put(request, length);
    bytes += length;
    Iterator<Map.Entry<HttpServerRequest, Long>> oldest = open.entrySet().iterator();
    while (bytes > mostBytes && oldest.hasNext()) {
      Map.Entry<HttpServerRequest, Long> one = oldest.next();
      oldest.remove();
      bytes -= one.getValue();
      cutOff(one.getKey());
    }
  }

  /** Nothing of it is kept any more. */
  synchronized void ended(HttpServerRequest request) {
    Long length = open.remove(request);
    if (length != null) {
      bytes -= length;
    }
  }

  /** Ends the request unless its body is there: with its connection, where that is its own. */
  static void cutOff(HttpServerRequest request) {
    if (request.isEnded()) {
      return;
    }
    if (request.version() == HttpVersion.HTTP_2) {
      request.response().reset();
    } else {
      request.connection().close();
    }
  }
}
