package app.bookings.companies;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Objects;
import java.util.UUID;

/**
 * A company's customer (contracts/companies.yaml).
 *
 * @param userId null for guests and offline customers
 * @param bonusBalance points
 */
@RegisterForReflection
public record Customer(UUID id, UUID companyId, UUID userId, Status status, int bonusBalance) {

  public enum Status {
    NEW,
    ACTIVE,
    VIP,
    BANNED
  }

  public Customer {
    Objects.requireNonNull(id);
  }

  public boolean banned() {
    return status == Status.BANNED;
  }
}
