package app.bookings.background;

import io.smallrye.mutiny.Uni;

/** Work that somebody began and that recovery carries on once every interval. */
public interface BackgroundWork {

  /** Carries on whatever is due; a failure is tried again in the next round. */
  Uni<Void> carryOn();
}
