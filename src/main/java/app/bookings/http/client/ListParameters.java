package app.bookings.http.client;

import static java.util.stream.Collectors.joining;

import app.bookings.booking.BookingStatus;
import app.bookings.http.edge.QueryParameters;
import app.bookings.http.edge.QueryValue;
import app.bookings.platform.WireTime;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jboss.resteasy.reactive.RestQuery;

/**
 * Which page of which bookings (api.md, "Client", list query parameters). Read here and not by the
 * framework, which would answer a malformed value with 404.
 */
class ListParameters {

  /** Tells which these are. */
  static final class Names {
    @Produces
    @Singleton
    static QueryParameters known() {
      return new QueryParameters(
          ListParameters.class, Set.of("from", "to", "limit", "cursor"), Set.of("status"));
    }
  }

  private static final int DEFAULT_LIMIT = 20;
  private static final int MOST = 100;
  private static final String STATUSES =
      "must be one of "
          + Arrays.stream(BookingStatus.values()).map(Enum::name).collect(joining(", "));
  private static final String TIME = "must be an RFC 3339 time such as 2026-11-30T12:00:00Z";

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
        : status.stream()
            .map(s -> QueryValue.read("status", s, STATUSES, BookingStatus::valueOf))
            .toList();
  }

  Instant startsFrom() {
    return QueryValue.read("from", from, TIME, WireTime::read);
  }

  Instant startsBefore() {
    return QueryValue.read("to", to, TIME, WireTime::read);
  }

  int size() {
    return QueryValue.number("limit", limit, 1, MOST, DEFAULT_LIMIT);
  }

  Position after() {
    return QueryValue.read(
        "cursor", cursor, "must be the nextCursor of the page before", Position::decoded);
  }
}
