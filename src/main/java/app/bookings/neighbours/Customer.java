package app.bookings.neighbours;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.UUID;

/**
 * A company's customer (contracts.md, "Companies").
 *
 * @param userId null for guests and offline customers
 * @param bonusBalance points
 */
@RegisterForReflection
public record Customer(
    @JsonProperty(required = true) UUID id,
    @JsonProperty(required = true) UUID companyId,
    UUID userId,
    @JsonProperty(required = true) Status status,
    @JsonProperty(required = true) int bonusBalance) {

  public enum Status {
    NEW,
    ACTIVE,
    VIP,
    BANNED
  }

  /** Holds what companies say against their contract. */
  public Customer {
    Contract.holds(id != null && companyId != null && status != null);
  }

  public boolean banned() {
    return status == Status.BANNED;
  }
}
