package app.bookings.storage;

import app.bookings.booking.Booking;
import app.bookings.booking.BookingStatus;
import app.bookings.database.Database;
import app.bookings.platform.BookingsConfig;
import app.bookings.platform.Ids;
import app.bookings.platform.JsonText;
import app.bookings.platform.Sinks;
import app.bookings.platform.Traces;
import app.bookings.settlement.Settlement;
import app.bookings.storage.BookingStatements.Write;
import app.bookings.view.InternalBookingView;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What a statement that writes a booking sends along, in the order of {@link BookingStatements}.
 */
@ApplicationScoped
class BookingWrites {

  private final JsonText json;
  private final Duration lease;
  private final String[] sinks;

  BookingWrites(JsonText json, Sinks sinks, BookingsConfig config) {
    this.json = json;
    this.lease = config.settlementLease();
    this.sinks = sinks.parameter();
  }

  BookingStatements.Shape shape(Write write, Booking booking, RequestRun run) {
    return new BookingStatements.Shape(
        write,
        run.key().isPresent(),
        !booking.extras().isEmpty(),
        !booking.pending().settlements().isEmpty(),
        sinks.length > 0);
  }

  /** What a write that takes a place sends: the session as it is known, and the customer. */
  Tuple claim(Booking booking, RequestRun run, Integer places, Instant knownAt, UUID user) {
    return parameters(booking, run)
        .addValue(booking.session().sessionId())
        .addValue(places)
        .addValue(Database.utc(knownAt))
        .addValue(booking.parties().customerId())
        .addValue(user)
        .addValue(Database.utc(booking.session().startsAt()))
        .addValue(Database.utc(booking.session().endsAt()));
  }

  /** What every write sends; what a claim or a change sends beside it comes after. */
  Tuple parameters(Booking booking, RequestRun run) {
    Optional<KeyOwner> key = run.key();
    List<StatusChange> history =
        booking.pending().all().stream()
            .filter(change -> change.transition() != null)
            .map(
                change ->
                    new StatusChange(
                        Ids.next(),
                        booking.id(),
                        change.from(),
                        change.transition().to(),
                        change.transition().cause(),
                        change.actor().name(),
                        change.at()))
            .toList();
    List<OutboxEvent> events =
        booking.pending().all().stream()
            .map(
                change ->
                    new OutboxEvent(
                        Ids.next(),
                        "booking",
                        booking.id().toString(),
                        change.event().type(),
                        payload(booking, change.from()),
                        change.at()))
            .toList();
    List<Settlement> settlements =
        booking.lease(booking.lifecycle().updatedAt().plus(lease), Traces.current());
    return Tuple.tuple()
        .addValue(key.map(KeyOwner::caller).orElse(null))
        .addValue(key.map(KeyOwner::key).orElse(null))
        .addValue(key.map(KeyOwner::owner).orElse(null))
        .addValue(key.isPresent() ? booking.id() : null)
        .addValue(ColumnJson.write(booking))
        .addValue(ColumnJson.write(settlements))
        .addValue(ColumnJson.write(history))
        .addValue(ColumnJson.write(events))
        .addValue(sinks)
        .addValue(key.isPresent() ? booking.settlements().lastAttempt() : null);
  }

  /** The data of an outbound event: the internal booking and the status before the change. */
  private ObjectNode payload(Booking booking, BookingStatus from) {
    ObjectNode payload = json.tree(InternalBookingView.class, InternalBookingView.of(booking));
    return payload.put("previousStatus", from == null ? null : from.name());
  }
}
