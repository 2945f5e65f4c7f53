package app.bookings.http;

import app.bookings.booking.Booking;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A booking with its ETag, or 304 to whoever has it as it is (RFC 9110, "If-None-Match": lists,
 * {@code *}, weak comparison, since a proxy that compresses makes tags weak). Whoever stores it
 * asks before they show it again.
 */
public final class VersionedResponse {

  private static final String ANY = "*";
  private static final Pattern TAG = Pattern.compile("(?:W/)?\"([\\x21\\x23-\\x7e\\x80-\\xff]*)\"");
  private static final String ASK_AGAIN = "private, no-cache";

  private VersionedResponse() {}

  /**
   * The answer.
   *
   * @param ifNoneMatch the header's values; empty when there is none
   * @param type of what is written, named as {@link app.bookings.platform.JsonText} wants it
   * @param view as the caller may see the booking
   */
  public static <V> Response of(Booking booking, Class<V> type, V view, List<String> ifNoneMatch) {
    String version = Long.toString(booking.lifecycle().version());
    Response.ResponseBuilder answer =
        ifNoneMatch.stream().anyMatch(tags -> matches(tags, version))
            ? Response.notModified()
            : Response.ok(type.cast(view));
    return answer.tag(new EntityTag(version)).header(HttpHeaders.CACHE_CONTROL, ASK_AGAIN).build();
  }

  private static boolean matches(String tags, String version) {
    if (tags.strip().equals(ANY)) {
      return true;
    }
    Matcher each = TAG.matcher(tags);
    while (each.find()) {
      if (each.group(1).equals(version)) {
        return true;
      }
    }
    return false;
  }
}
