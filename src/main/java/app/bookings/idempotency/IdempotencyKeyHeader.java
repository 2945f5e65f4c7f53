package app.bookings.idempotency;

import app.bookings.problem.Problem;

/** The form of the header Idempotency-Key (api.md, "Idempotency-Key"). */
public final class IdempotencyKeyHeader {

  private static final int LONGEST_KEY = 255;

  private IdempotencyKeyHeader() {}

  /**
   * The key: the draft has a quoted string, the bare value is taken too.
   *
   * @throws Problem {@code validation-error}
   */
  public static String read(String header) {
    String key = header.strip();
    if (key.length() >= 2 && key.startsWith("\"") && key.endsWith("\"")) {
      key = key.substring(1, key.length() - 1);
    }
    if (!key.matches("[\\x20-\\x7e&&[^\"\\\\]]{1," + LONGEST_KEY + "}")) {
      throw malformed();
    }
    return key;
  }

  public static Problem malformed() {
    return Problem.invalid("Idempotency-Key", "1 to 255 printable ASCII characters, once");
  }
}
