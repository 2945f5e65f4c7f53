package app.bookings.storage;

import app.bookings.booking.Booking;
import app.bookings.database.Database;
import com.fasterxml.jackson.core.JsonGenerator;
import io.vertx.mutiny.sqlclient.Row;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/**
 * A column of {@code bookings.bookings}.
 *
 * @param at its position in what is read: a page has hundreds of values, and names would be looked
 *     up for each
 * @param changes whether a change of a booking writes it
 */
record Column<T>(String name, int at, Type<T> type, Function<Booking, T> value, boolean changes) {

  /** How a value is read from a row and written into a document of columns. */
  record Type<T>(Reader<T> reader, Writer<T> writer) {
    static final Type<UUID> ID =
        new Type<>(Row::getUUID, (json, id) -> json.writeString(id.toString()));
    static final Type<String> TEXT = new Type<>(Row::getString, JsonGenerator::writeString);
    static final Type<BigDecimal> MONEY =
        new Type<>(Row::getBigDecimal, JsonGenerator::writeNumber);
    static final Type<Boolean> FLAG = new Type<>(Row::getBoolean, JsonGenerator::writeBoolean);
    static final Type<Long> NUMBER = new Type<>(Row::getLong, JsonGenerator::writeNumber);
    static final Type<Instant> TIME =
        new Type<>(
            (row, at) -> Database.instant(row.getOffsetDateTime(at)),
            (json, time) -> json.writeString(time.toString()));

    /** Names of an enum. */
    static <E extends Enum<E>> Type<E> of(Class<E> names) {
      return new Type<>(
          (row, at) -> {
            String name = row.getString(at);
            return name == null ? null : Enum.valueOf(names, name);
          },
          (json, value) -> json.writeString(value.name()));
    }
  }

  /** Reads a value by its position; null stays null. */
  @FunctionalInterface
  interface Reader<T> {
    T read(Row row, int at);
  }

  /** Writes a value that is not null. */
  @FunctionalInterface
  interface Writer<T> {
    void write(JsonGenerator json, T value) throws IOException;
  }

  /** Writes the column's name and what it is of a booking. */
  void write(JsonGenerator json, Booking booking) throws IOException {
    T is = value.apply(booking);
    json.writeFieldName(name);
    if (is == null) {
      json.writeNull();
    } else {
      type.writer().write(json, is);
    }
  }

  /** A row that begins with all columns. */
  record Cells(Row row) {
    <T> T get(Column<T> column) {
      return column.type().reader().read(row, column.at());
    }

    /** The text so many places after these columns. */
    String textAfter(List<Column<?>> columns, int further) {
      return row.getString(columns.size() + further);
    }
  }
}
