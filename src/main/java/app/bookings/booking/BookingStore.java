package app.bookings.booking;

import app.bookings.BookingsConfig;
import app.bookings.booking.BookingSql.Write;
import app.bookings.booking.Unwritten.Told;
import app.bookings.database.Database;
import app.bookings.problem.Problem;
import app.bookings.problem.ProblemType;
import app.bookings.trace.Traces;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Bookings in PostgreSQL. Plain SQL through the reactive client, since one statement replaces a
 * transaction of seven: the claim of the place, the booking, its lines, settlements, history and
 * events. Changes are guarded by the version; who comes second reads again and decides again.
 */
@ApplicationScoped
public class BookingStore {

  private static final String ONE_ACTIVE = "bookings_one_active";
  private static final String PRIMARY_KEY = "bookings_pkey";
  private static final int ROUNDS = 50;

  private final Database database;
  private final ObjectMapper json;
  private final StatusChanges changes;
  private final Seats seats;
  private final Duration lease;
  private final String[] sinks;

  BookingStore(
      Database database,
      ObjectMapper json,
      StatusChanges changes,
      Seats seats,
      BookingsConfig config) {
    this.database = database;
    this.seats = seats;
    this.changes = changes;
    this.json = json;
    this.lease = config.settlementLease();
    this.sinks = config.eventSinks().orElse(List.of()).toArray(String[]::new);
  }

  /** The booking, with extras and settlements. */
  public Uni<Optional<Booking>> find(UUID id) {
    return database
        .statement(BookingRows.SELECT + "WHERE b.id = $1", Tuple.of(id))
        .map(rows -> BookingRows.read(rows).stream().findFirst());
  }

  /** The booking as others see it: not when it was deleted. */
  public Uni<Optional<Booking>> look(UUID id) {
    return find(id).map(found -> found.filter(booking -> booking.deletedAt == null));
  }

  private void written(Booking booking) {
    changes.count(booking);
    booking.unwritten.clear();
  }

  /** Claims a place and writes the booking with all its intents, or writes nothing. */
  public Uni<Placement> place(Booking booking, Capacity capacity, Optional<KeyOwner> key) {
    Tuple parameters =
        parameters(booking, key)
            .addValue(booking.sessionId)
            .addValue(capacity.places())
            .addValue(Database.utc(capacity.knownAt()));
    return place(booking, capacity, parameters, statement(Write.PLACE, booking, key), ROUNDS)
        .invoke(
            placement -> {
              if (placement instanceof Placement.Placed) {
                written(booking);
              }
            })
        .onFailure(failure -> Database.violates(failure, ONE_ACTIVE, PRIMARY_KEY))
        .recoverWithUni(() -> ourOwnOrAnother(booking));
  }

  private Uni<Placement> place(
      Booking booking,
      Capacity capacity,
      Tuple parameters,
      BookingSql.Statement statement,
      int rounds) {
    return database
        .statement(statement.sql(), parameters)
        .flatMap(
            rows -> {
              Row row = rows.iterator().next();
              if (row.getLong("written") == 1) {
                return Uni.createFrom().item(new Placement.Placed(booking));
              }
              if (row.getLong("bound") == 0) {
                return Uni.createFrom().item(new Placement.KeyLost());
              }
              return seats
                  .afterFailedClaim(booking, capacity)
                  .flatMap(
                      next -> {
                        if (next instanceof Seats.Decided decided) {
                          return Uni.createFrom().item(decided.placement());
                        }
                        if (rounds == 0) {
                          // Not a refusal: that would need a full session.
                          throw Database.nothingWritten();
                        }
                        Write again =
                            ((Seats.TryAgain) next).waits() ? Write.PLACE_WAITING : Write.PLACE;
                        return place(
                            booking, capacity, parameters, statement.with(again), rounds - 1);
                      });
            });
  }

  /**
   * The unique row may be ours: a connection that broke after the commit has the statement sent
   * again, with the same id.
   */
  private Uni<Placement> ourOwnOrAnother(Booking booking) {
    return find(booking.id)
        .map(
            found ->
                found
                    .<Placement>map(Placement.Placed::new)
                    .orElseGet(Placement.AlreadyBooked::new));
  }

  /** Reads it, makes a change and writes it. */
  public Uni<Booking> change(UUID id, Consumer<Booking> change) {
    return find(id).map(Optional::orElseThrow).flatMap(booking -> change(booking, change));
  }

  /** Makes a change and writes it; see {@link #change(Booking, Optional, Consumer)}. */
  public Uni<Booking> change(Booking booking, Consumer<Booking> change) {
    return change(booking, Optional.empty(), change);
  }

  /**
   * Makes a change and writes it in one statement. When somebody else wrote in between, the booking
   * is read again and the change is made anew on what is there now; a refusal thrown by the change
   * reaches the caller and nothing is written.
   *
   * @return the booking as written
   */
  public Uni<Booking> change(Booking booking, Optional<KeyOwner> key, Consumer<Booking> change) {
    return attempt(booking, key, change, ROUNDS);
  }

  private Uni<Booking> attempt(
      Booking booking, Optional<KeyOwner> key, Consumer<Booking> change, int rounds) {
    return Uni.createFrom()
        .deferred(
            () -> {
              change.accept(booking);
              return booking.unwritten.touched ? write(booking, key) : Uni.createFrom().item(true);
            })
        .flatMap(
            written -> {
              if (written) {
                return Uni.createFrom().item(booking);
              }
              if (rounds == 0) {
                throw new IllegalStateException("Booking " + booking.id + " changes too fast");
              }
              return find(booking.id)
                  .map(Optional::orElseThrow)
                  .invoke(fresh -> fresh.claimed(booking.unwritten.ours))
                  .flatMap(fresh -> attempt(fresh, key, change, rounds - 1));
            });
  }

  private Uni<Boolean> write(Booking booking, Optional<KeyOwner> key) {
    boolean before =
        booking.unwritten.told.stream()
            .findFirst()
            .map(Told::from)
            .map(BookingStatus::active)
            .orElse(booking.status.active());
    boolean frees = before && !booking.status.active();
    boolean claims = !before && booking.status.active();
    Tuple parameters = parameters(booking, key).addValue(claims ? booking.sessionId : frees);
    Write write = claims ? Write.CHANGE_INTO_PLACE : Write.CHANGE;
    return write(booking, statement(write, booking, key).sql(), parameters, claims)
        .onFailure(failure -> Database.violates(failure, ONE_ACTIVE))
        .transform(failure -> new NoPlaceLeft());
  }

  private Uni<Boolean> write(Booking booking, String sql, Tuple parameters, boolean claims) {
    return database
        .statement(sql, parameters)
        .flatMap(
            result -> {
              Row row = result.iterator().next();
              if (row.getLong("bound") == 0) {
                throw Problem.of(
                    ProblemType.REQUEST_IN_PROGRESS, "The request with this key runs elsewhere.");
              }
              boolean written = row.getLong("written") == 1;
              if (claims && row.getLong("places") == 0) {
                return seats
                    .reckon(booking.sessionId)
                    .flatMap(
                        free -> {
                          if (!free) {
                            throw new NoPlaceLeft();
                          }
                          return write(booking, sql, parameters, true);
                        });
              }
              if (written) {
                booking.version++;
                written(booking);
              }
              return Uni.createFrom().item(written);
            });
  }

  private BookingSql.Statement statement(Write write, Booking booking, Optional<KeyOwner> key) {
    return new BookingSql.Statement(
        write,
        key.isPresent(),
        !booking.extras.isEmpty(),
        !booking.unwritten.settlements.isEmpty(),
        sinks.length > 0);
  }

  private Tuple parameters(Booking booking, Optional<KeyOwner> key) {
    List<StatusChange> history =
        booking.unwritten.told.stream()
            .filter(change -> change.transition() != null)
            .map(
                change ->
                    new StatusChange(
                        Ids.next(),
                        booking.id,
                        change.from(),
                        change.transition().to(),
                        change.transition().cause(),
                        change.actor(),
                        change.at()))
            .toList();
    List<OutboxEvent> events =
        booking.unwritten.told.stream()
            .map(
                change ->
                    new OutboxEvent(
                        Ids.next(),
                        "booking",
                        booking.id.toString(),
                        change.event(),
                        payload(booking, change.from()),
                        change.at()))
            .toList();
    return Tuple.tuple()
        .addValue(key.map(KeyOwner::caller).orElse(null))
        .addValue(key.map(KeyOwner::key).orElse(null))
        .addValue(key.map(KeyOwner::owner).orElse(null))
        .addValue(key.isPresent() ? booking.id : null)
        .addValue(Documents.write(booking))
        .addValue(Documents.write(toWrite(booking)))
        .addValue(Documents.write(history))
        .addValue(Documents.write(events))
        .addValue(sinks);
  }

  /** The settlements that changed, those to be carried on leased to whoever writes them. */
  private List<Settlement> toWrite(Booking booking) {
    Instant leaseEnd = booking.updatedAt.plus(lease);
    booking.settlements.replaceAll(
        s -> s.state().unfinished() && s.dueAt() == null ? s.leasedUntil(leaseEnd) : s);
    String trace = Traces.current();
    booking.settlements.replaceAll(s -> s.begunBy(trace));
    return booking.settlements.stream()
        .filter(s -> booking.unwritten.settlements.contains(s.id()))
        .toList();
  }

  /** The data of an outbound event: the internal booking and the status before the change. */
  private ObjectNode payload(Booking booking, BookingStatus from) {
    ObjectNode payload = json.valueToTree(InternalBookingView.of(booking));
    return payload.put("previousStatus", from == null ? null : from.name());
  }
}
