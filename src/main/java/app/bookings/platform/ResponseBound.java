package app.bookings.platform;

import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;

/**
 * How much of an answer is read, whoever sends it: nobody who is asked can use up the memory
 * (reliability.md, "Exhaustion"). Past it the connection is reset, and there is no answer.
 */
public final class ResponseBound {

  /** Bytes; the longest answer of any contract is a hundredth of it. */
  public static final int MOST = 256 * 1024;

  private ResponseBound() {}

  /** Counts what comes, beside whoever reads it. To be said before the request is sent. */
  public static void of(HttpClientRequest request) {
    request.response().onSuccess(response -> count(request, response));
  }

  private static void count(HttpClientRequest request, HttpClientResponse response) {
    String stated = response.getHeader(HttpHeaders.CONTENT_LENGTH);
    if (stated != null && (stated.length() > 18 || Long.parseLong(stated) > MOST)) {
      request.reset();
      return;
    }
    long[] bytes = {0};
    response.handler(
        part -> {
          bytes[0] += part.length();
          if (bytes[0] > MOST) {
            request.reset();
          }
        });
  }
}
