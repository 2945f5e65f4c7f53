package app.bookings.idempotency;

import app.bookings.background.BackgroundWork;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Keys are kept for 24 hours (api.md, "Idempotency-Key"). */
@ApplicationScoped
class ForgettingKeys implements BackgroundWork {

  private final IdempotencyKeyStore keys;

  ForgettingKeys(IdempotencyKeyStore keys) {
    this.keys = keys;
  }

  @Override
  public Uni<Void> carryOn() {
    return keys.purge();
  }
}
