package app.bookings.http.client;

import app.bookings.problem.Problem;
import app.bookings.problem.ProblemType;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.RequestScoped;
import java.util.UUID;

/** The signed-in customer: {@code sub} of the bearer token is the user id (api.md, "Callers"). */
@RequestScoped
public class Caller {

  private final SecurityIdentity identity;

  Caller(SecurityIdentity identity) {
    this.identity = identity;
  }

  /**
   * The user id.
   *
   * @throws Problem {@code forbidden} when there is no {@code sub}, or it is no UUID
   */
  public UUID userId() {
    String subject = identity.getPrincipal().getName();
    if (subject == null) {
      throw forbidden();
    }
    try {
      UUID id = UUID.fromString(subject);
      if (id.toString().equalsIgnoreCase(subject)) {
        return id;
      }
    } catch (IllegalArgumentException noUuid) {
      throw forbidden();
    }
    throw forbidden();
  }

  private static Problem forbidden() {
    return Problem.of(ProblemType.FORBIDDEN, "The token's subject is not a user id.");
  }
}
