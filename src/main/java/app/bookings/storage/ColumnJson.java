package app.bookings.storage;

import app.bookings.booking.BookedExtra;
import app.bookings.booking.Booking;
import app.bookings.settlement.ExtraQuantity;
import app.bookings.settlement.Occasion;
import app.bookings.settlement.Settlement;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * A booking with its extras and settlements crosses to PostgreSQL as one JSON document whose names
 * are the columns: {@code jsonb_populate_record} makes rows of it, so one statement writes them
 * all. They come back as {@link BookingColumns} has them.
 */
@RegisterForReflection(
    targets = {
      BookedExtra.class,
      Settlement.class,
      ExtraQuantity.class,
      Occasion.class,
      StatusChange.class,
      OutboxEvent.class
    })
public final class ColumnJson {

  private static final ObjectMapper COLUMNS =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .visibility(PropertyAccessor.ALL, Visibility.NONE)
          .visibility(PropertyAccessor.FIELD, Visibility.ANY)
          .visibility(PropertyAccessor.CREATOR, Visibility.ANY)
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN)
          .build();

  private ColumnJson() {}

  static String write(Object rows) {
    try {
      return COLUMNS.writeValueAsString(rows);
    } catch (JsonProcessingException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /** The document of a booking: its columns by their names, and its lines. */
  static String write(Booking booking) {
    StringWriter text = new StringWriter(1200);
    try (JsonGenerator json = COLUMNS.createGenerator(text)) {
      json.writeStartObject();
      for (Column<?> column : BookingColumns.ALL) {
        column.write(json, booking);
      }
      json.writeFieldName("extras");
      COLUMNS.writeValue(json, booking.extras());
      json.writeEndObject();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return text.toString();
  }

  /** The rows of a JSON array; empty for null. */
  static <T> List<T> list(String array, Class<T> row) {
    if (array == null) {
      return List.of();
    }
    try {
      return COLUMNS.readerForListOf(row).readValue(array);
    } catch (JsonProcessingException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  static List<BookedExtra> extras(String array) {
    return list(array, BookedExtra.class);
  }
}
