package app.bookings.client;

import app.bookings.booking.BookingStatus;
import app.bookings.problem.Problem;
import app.bookings.problem.ProblemType;
import app.bookings.time.WireTime;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jboss.resteasy.reactive.RestQuery;

/**
 * Which page of which bookings (api.md, "Client", list query parameters). Read here and not by the
 * framework, which would answer a malformed value with 404.
 */
class PageQuery {

  private static final int DEFAULT_LIMIT = 20;
  private static final int MOST = 100;

  @RestQuery
  @Parameter(
      description = "only these; repeatable",
      schema = @Schema(type = SchemaType.ARRAY, implementation = BookingStatus.class))
  List<String> status;

  @RestQuery
  @Parameter(
      description = "sessions that start at this time or later",
      schema = @Schema(type = SchemaType.STRING, format = "date-time"))
  String from;

  @RestQuery
  @Parameter(
      description = "sessions that start before this time",
      schema = @Schema(type = SchemaType.STRING, format = "date-time"))
  String to;

  @RestQuery
  @Parameter(
      description = "bookings on the page",
      schema =
          @Schema(type = SchemaType.INTEGER, minimum = "1", maximum = "100", defaultValue = "20"))
  String limit;

  @RestQuery
  @Parameter(description = "nextCursor of the page before")
  String cursor;

  /** Where a page begins: after this booking, in the order of the list. */
  record Position(Instant startsAt, UUID id) {

    String encoded() {
      ByteBuffer bytes = ByteBuffer.allocate(28);
      bytes.putLong(startsAt.getEpochSecond()).putInt(startsAt.getNano());
      bytes.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
      return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    static Position decoded(String cursor) {
      byte[] bytes = Base64.getUrlDecoder().decode(cursor);
      if (bytes.length != 28) {
        throw new IllegalArgumentException("no cursor of ours");
      }
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      Instant startsAt = WireTime.inRange(Instant.ofEpochSecond(buffer.getLong(), buffer.getInt()));
      return new Position(startsAt, new UUID(buffer.getLong(), buffer.getLong()));
    }
  }

  List<BookingStatus> statuses() {
    return status == null
        ? List.of()
        : status.stream().map(s -> read("status", s, BookingStatus::valueOf)).toList();
  }

  Instant startsFrom() {
    return read("from", from, WireTime::read);
  }

  Instant startsBefore() {
    return read("to", to, WireTime::read);
  }

  int size() {
    Integer size = read("limit", limit, Integer::valueOf);
    if (size == null) {
      return DEFAULT_LIMIT;
    }
    if (size < 1 || size > MOST) {
      throw invalid("limit");
    }
    return size;
  }

  Position after() {
    return read("cursor", cursor, Position::decoded);
  }

  private static <T> T read(String field, String text, Function<String, T> reader) {
    if (text == null) {
      return null;
    }
    try {
      return reader.apply(text);
    } catch (IllegalArgumentException | DateTimeException | ArithmeticException malformed) {
      throw invalid(field);
    }
  }

  private static Problem invalid(String field) {
    return Problem.of(ProblemType.VALIDATION_ERROR, "See violations.")
        .with("violations", List.of(Map.of("field", field, "message", "malformed value")));
  }
}
