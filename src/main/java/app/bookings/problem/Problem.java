package app.bookings.problem;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A refusal that reaches the caller as an RFC 9457 problem document (api.md, "Problems"). The
 * detail is written for people and never repeats what the caller sent.
 */
public class Problem extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final ProblemType type;
  private final transient Map<String, Object> members = new LinkedHashMap<>();
  private Integer retryAfterSeconds;

  public Problem(ProblemType type, String detail) {
    // A refusal is an answer, not a fault: no stack trace is collected for it.
    super(detail, null, false, false);
    this.type = type;
  }

  public static Problem of(ProblemType type, String detail) {
    return new Problem(type, detail);
  }

  /** {@code validation-error} because of one field; the message never repeats what was sent. */
  public static Problem invalid(String field, String message) {
    return invalid(List.of(Map.of("field", field, "message", message)));
  }

  /** The same because of several, each with {@code field} and {@code message}. */
  public static Problem invalid(List<Map<String, String>> violations) {
    return new Problem(ProblemType.VALIDATION_ERROR, "See violations.")
        .with("violations", violations);
  }

  /** What happened, for the log: one of a few, without ids. */
  public String forTheLog() {
    return type.slug();
  }

  /** Adds an extension member of the document; a null value is sent as JSON null. */
  public final Problem with(String member, Object value) {
    members.put(member, value);
    return this;
  }

  /** Sends {@code Retry-After} with this many seconds. */
  public final Problem retryAfter(int seconds) {
    this.retryAfterSeconds = seconds;
    return this;
  }

  public ProblemType type() {
    return type;
  }

  public Map<String, Object> members() {
    return members;
  }

  public Integer retryAfterSeconds() {
    return retryAfterSeconds;
  }
}
