package app.bookings.events.in;

import app.bookings.application.BillingAttendees;
import app.bookings.application.EndingBookings;
import app.bookings.application.ReschedulingBookings;
import app.bookings.background.BackgroundWork;
import app.bookings.booking.Actor;
import app.bookings.neighbours.Catalog;
import app.bookings.platform.Clock;
import app.bookings.platform.Outage;
import app.bookings.platform.WireTime;
import app.bookings.problem.Failures;
import app.bookings.seats.Seats;
import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.UUID;
import org.jboss.logging.Logger;

/** What catalog tells of a session (domain.md, "Inbound events"). */
@ApplicationScoped
class SessionEvents {

  private static final Outage OUTAGE =
      new Outage(Logger.getLogger(SessionEvents.class), "What an event began is left to recovery");

  private final EndingBookings ending;
  private final ReschedulingBookings rescheduling;
  private final BillingAttendees billing;
  private final Seats seats;
  private final Catalog catalog;
  private final Clock clock;

  SessionEvents(
      EndingBookings ending,
      ReschedulingBookings rescheduling,
      BillingAttendees billing,
      Seats seats,
      Catalog catalog,
      Clock clock) {
    this.ending = ending;
    this.rescheduling = rescheduling;
    this.billing = billing;
    this.seats = seats;
    this.catalog = catalog;
    this.clock = clock;
  }

  /** Done when what is cached of the session is dropped, too. */
  Uni<Void> receive(CloudEvent event, UUID sessionId) {
    return effect(event, sessionId).chain(() -> catalog.forget(sessionId));
  }

  /**
   * Applied again, to what may have been on its way when it came. Of facts that are kept it is what
   * stands that is applied: another event of the same time may have been told since.
   */
  Uni<Void> again(CloudEvent event, UUID sessionId) {
    return switch (event.type()) {
      case "session.rescheduled" -> rescheduling.apply(sessionId, Actor.neighbour(event.source()));
      case "session.capacity-changed" -> Uni.createFrom().voidItem();
      default -> effect(event, sessionId);
    };
  }

  private Uni<Void> effect(CloudEvent event, UUID sessionId) {
    Actor actor = Actor.neighbour(event.source());
    JsonNode data = event.data();
    return switch (event.type()) {
      case "session.cancelled" ->
          begun(ending.sessionCancelled(sessionId, event.time(), actor), ending);
      case "session.deleted" ->
          begun(ending.sessionDeleted(sessionId, event.time(), actor), ending);
      case "session.reopened" -> ending.sessionReopened(sessionId, event.time());
      case "session.finished" -> begun(billing.sessionFinished(sessionId, event.time()), billing);
      case "session.rescheduled" -> {
        Instant startsAt = CloudEvent.time(data, "startsAt");
        Instant endsAt = CloudEvent.time(data, "endsAt");
        if (!WireTime.ofSession(startsAt)) {
          throw CloudEventReader.malformed("data.startsAt is no time of a session.");
        }
        if (!startsAt.isBefore(endsAt)) {
          throw CloudEventReader.malformed("data.endsAt must be after data.startsAt.");
        }
        yield rescheduling.reschedule(sessionId, startsAt, endsAt, event.time(), actor);
      }
      case "session.capacity-changed" ->
          seats.told(sessionId, places(data), event.time(), clock.now());
      default -> throw new IllegalArgumentException(event.type());
    };
  }

  private static Integer places(JsonNode data) {
    JsonNode capacity = data.path("capacity");
    if (capacity.isNull()) {
      return null;
    }
    if (!capacity.canConvertToInt() || !capacity.isIntegralNumber() || capacity.intValue() < 0) {
      throw CloudEventReader.malformed("data.capacity must be a number of places, or null.");
    }
    return capacity.intValue();
  }

  /** At once and beside the answer: recovery would do it in its next round anyway. */
  static Uni<Void> begun(Uni<Void> intent, BackgroundWork work) {
    return intent.invoke(
        () ->
            work.carryOn()
                .subscribe()
                .with(done -> OUTAGE.worked(), failure -> Failures.tell(OUTAGE, failure)));
  }
}
