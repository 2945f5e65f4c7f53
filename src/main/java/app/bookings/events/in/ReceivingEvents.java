package app.bookings.events.in;

import app.bookings.database.DatabaseUnavailable;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** What an event of a neighbour does to bookings (domain.md, "Inbound events"). */
@ApplicationScoped
public class ReceivingEvents {

  private final InboxStore inbox;
  private final EventDispatch dispatch;

  ReceivingEvents(InboxStore inbox, EventDispatch dispatch) {
    this.inbox = inbox;
    this.dispatch = dispatch;
  }

  /**
   * Processes it once in effect, however often it comes; an unknown type is ignored. Fails with
   * {@code malformed-request} when its message's id came with another event before.
   *
   * @param message the id of the signed message that it came with
   */
  public Uni<Void> receive(CloudEvent event, Optional<String> message) {
    return inbox
        .has(event)
        .flatMap(
            known ->
                known
                    ? Uni.createFrom().voidItem()
                    : inbox.checkUnused(message, event).chain(() -> carryOut(event, message)));
  }

  /** An effect may be there although it could not be noted, or only a part of it. */
  private Uni<Void> carryOut(CloudEvent event, Optional<String> message) {
    return dispatch
        .effect(event)
        .chain(() -> inbox.note(event, message))
        .onFailure(DatabaseUnavailable.class)
        .transform(failure -> DatabaseUnavailable.outcomeUnknown());
  }
}
