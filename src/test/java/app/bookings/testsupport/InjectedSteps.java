package app.bookings.testsupport;

import app.bookings.booking.Booking;
import app.bookings.settlement.Settlement;
import app.bookings.settling.Step;
import app.bookings.settling.Steps;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.atomic.AtomicInteger;

/** Lets rivals in, or ends the work as a crash would, at each step of a settlement. */
@ApplicationScoped
public class InjectedSteps extends Steps {

  private static final Rival NOBODY = (step, booking, settlement) -> Uni.createFrom().voidItem();

  private final AtomicInteger crashes = new AtomicInteger();
  private volatile Rival rival = NOBODY;

  /** What happens at a step. */
  public interface Rival {
    Uni<Void> at(Step step, Booking booking, Settlement settlement);
  }

  @Override
  public Uni<Void> reached(Step step, Booking booking, Settlement settlement) {
    return rival.at(step, booking, settlement);
  }

  public void letIn(Rival newRival) {
    rival = newRival;
  }

  public void nobody() {
    rival = NOBODY;
  }

  /** The work ends here, as if the process had. */
  public Uni<Void> crash() {
    crashes.incrementAndGet();
    return Uni.createFrom().failure(new Crash());
  }

  public int crashes() {
    return crashes.get();
  }

  /** No failure of the service's. */
  public static final class Crash extends RuntimeException {
    private static final long serialVersionUID = 1;

    Crash() {
      super("crashed on purpose", null, false, false);
    }
  }
}
