package app.bookings.events.in;

import app.bookings.background.BackgroundWork;
import app.bookings.platform.Outage;
import app.bookings.problem.Failures;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/**
 * Applies events again a little after they came. What an event speaks of may have been on its way
 * into the database when it came: a booking about to be placed in a session with new times, a
 * refund whose answer is not noted yet. Every effect is harmless a second time, so that before and
 * after make no difference (domain.md, "Inbound events").
 */
@ApplicationScoped
class RepeatingEvents implements BackgroundWork {

  private static final Logger LOG = Logger.getLogger(RepeatingEvents.class);

  private final InboxStore inbox;
  private final EventDispatch dispatch;
  private final Outage outage = new Outage(LOG, "Applying events again");

  RepeatingEvents(InboxStore inbox, EventDispatch dispatch) {
    this.inbox = inbox;
    this.dispatch = dispatch;
  }

  @Override
  public Uni<Void> carryOn() {
    return inbox
        .toRepeat()
        .flatMap(
            events ->
                Multi.createFrom()
                    .iterable(events)
                    .onItem()
                    .transformToUniAndConcatenate(this::repeat)
                    .onItem()
                    .ignoreAsUni());
  }

  private Uni<Void> repeat(CloudEvent event) {
    return dispatch
        .again(event)
        .chain(() -> inbox.repeated(event))
        .invoke(outage::worked)
        .onFailure()
        .invoke(failure -> Failures.tell(outage, failure))
        .onFailure()
        .recoverWithNull();
  }
}
