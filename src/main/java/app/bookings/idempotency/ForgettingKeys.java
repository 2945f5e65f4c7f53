package app.bookings.idempotency;

import app.bookings.settle.UnfinishedWork;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Keys are kept for 24 hours (api.md, "Idempotency-Key"). */
@ApplicationScoped
class ForgettingKeys implements UnfinishedWork {

  private final IdempotencyKeys keys;

  ForgettingKeys(IdempotencyKeys keys) {
    this.keys = keys;
  }

  @Override
  public Uni<Void> carryOn() {
    return keys.purge();
  }
}
