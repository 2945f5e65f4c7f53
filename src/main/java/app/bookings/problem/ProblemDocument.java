package app.bookings.problem;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonIgnore;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Map;

/** An RFC 9457 problem document (api.md, "Problems"). */
@RegisterForReflection
public record ProblemDocument(
    String type,
    String title,
    int status,
    String detail,
    String instance,
    @JsonIgnore Map<String, Object> members) {

  public static final String MEDIA_TYPE = "application/problem+json";

  public static ProblemDocument of(Problem problem, String path) {
    return new ProblemDocument(
        problem.type().urn(),
        problem.type().title(),
        problem.type().status(),
        problem.getMessage(),
        path,
        problem.members());
  }

  /** The members that a type has beside the common ones. */
  @JsonAnyGetter
  public Map<String, Object> extensions() {
    return members;
  }
}
