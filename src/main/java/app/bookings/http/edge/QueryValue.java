package app.bookings.http.edge;

import app.bookings.problem.Problem;
import java.time.DateTimeException;
import java.util.function.Function;

/**
 * Reads values of query parameters. Read here and not by the framework, which would answer a
 * malformed value with 404.
 */
public final class QueryValue {

  private QueryValue() {}

  /**
   * What a text means.
   *
   * @param expected what the caller is told when it means nothing
   * @return null where there is none
   * @throws Problem {@code validation-error}
   */
  public static <T> T read(String field, String text, String expected, Function<String, T> reader) {
    if (text == null) {
      return null;
    }
    try {
      return reader.apply(text);
    } catch (IllegalArgumentException | DateTimeException | ArithmeticException malformed) {
      throw Problem.invalid(field, expected);
    }
  }

  /**
   * A number without a sign.
   *
   * @throws Problem {@code validation-error} when it is out of its range, which the caller is told
   */
  public static int number(String field, String text, int least, int most, int whenAbsent) {
    String range = "must be a number from " + least + " to " + most;
    if (text == null) {
      return whenAbsent;
    }
    Integer number = text.matches("[0-9]{1,9}") ? Integer.valueOf(text) : null;
    if (number == null || number < least || number > most) {
      throw Problem.invalid(field, range);
    }
    return number;
  }
}
