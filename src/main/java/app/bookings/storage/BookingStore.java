package app.bookings.storage;

import app.bookings.booking.Booking;
import app.bookings.booking.BookingStatus;
import app.bookings.booking.Change;
import app.bookings.database.Database;
import app.bookings.database.DatabaseUnavailable;
import app.bookings.database.Statement;
import app.bookings.platform.LogContext;
import app.bookings.problem.Problem;
import app.bookings.problem.ProblemType;
import app.bookings.seats.Seats;
import app.bookings.storage.BookingStatements.Write;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
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

  static final String ONE_ACTIVE = "bookings_one_active";
  private static final int ROUNDS = 50;
  private static final int CLAIM_ROUNDS = 4;

  private static final Statement FIND =
      Statement.named("bookings.find", BookingColumns.SELECT + "WHERE b.id = $1");

  private final Database database;
  private final BookingWrites writes;
  private final StatusMetrics changes;
  private final Seats seats;

  BookingStore(Database database, BookingWrites writes, StatusMetrics changes, Seats seats) {
    this.database = database;
    this.seats = seats;
    this.changes = changes;
    this.writes = writes;
  }

  /** The booking, with extras and settlements. */
  public Uni<Optional<Booking>> find(UUID id) {
    return database
        .read(FIND, Tuple.of(id))
        .map(rows -> BookingColumns.read(rows).stream().findFirst());
  }

  /** The booking as others see it: not when it was deleted. */
  public Uni<Optional<Booking>> findVisible(UUID id) {
    return find(id).map(found -> found.filter(booking -> !booking.lifecycle().deleted()));
  }

  /** The same; fails with {@code booking-not-found} where there is none. */
  public Uni<Booking> requireVisible(UUID id) {
    return findVisible(id).map(found -> found.orElseThrow(BookingStore::notFound));
  }

  /** The booking, which must be there; fails with {@code booking-not-found} once it was purged. */
  public Uni<Booking> require(UUID id) {
    return find(id).map(found -> found.orElseThrow(BookingStore::notFound));
  }

  /** The problem {@code booking-not-found}. */
  public static Problem notFound() {
    return Problem.of(ProblemType.BOOKING_NOT_FOUND, "There is no such booking.");
  }

  private void written(Booking booking, long version) {
    changes.count(booking);
    booking.written(version);
  }

  /** Reads it, makes a change and writes it. */
  public Uni<Booking> change(UUID id, Consumer<Booking> change) {
    return require(id).flatMap(booking -> change(booking, change));
  }

  /** Makes a change and writes it; see {@link #change(Booking, RequestRun, Consumer)}. */
  public Uni<Booking> change(Booking booking, Consumer<Booking> change) {
    return change(booking, RequestRun.withoutKey(), change);
  }

  /**
   * Makes a change and writes it in one statement. When somebody else wrote in between, the booking
   * is read again and the change is made anew on what is there now; a refusal thrown by the change
   * reaches the caller and nothing is written. What is passed in stays as it is.
   *
   * @return the booking as written; what was passed in, or read again, where nothing changed. Fails
   *     with {@code booking-not-found} once it was purged
   */
  public Uni<Booking> change(Booking booking, RequestRun run, Consumer<Booking> change) {
    return attempt(booking, run, change, ROUNDS).onFailure().invoke(run::failed);
  }

  private Uni<Booking> attempt(
      Booking booking, RequestRun run, Consumer<Booking> change, int rounds) {
    LogContext.about(booking.id(), booking.parties().companyId());
    Booking changed = booking.copy();
    return Uni.createFrom()
        .deferred(
            () -> {
              change.accept(changed);
              if (!changed.pending().any()) {
                return Uni.createFrom().item(booking);
              }
              run.writing(booking.id());
              return write(changed, run)
                  .flatMap(
                      written ->
                          written
                              ? Uni.createFrom().item(changed)
                              : again(booking, changed, run, change, rounds));
            });
  }

  /** The version has moved on: by another, or by this very write whose answer was lost. */
  private Uni<Booking> again(
      Booking booking, Booking changed, RequestRun run, Consumer<Booking> change, int rounds) {
    if (rounds == 0) {
      throw DatabaseUnavailable.nothingWritten();
    }
    return require(booking.id())
        .flatMap(
            fresh -> {
              boolean ours =
                  fresh.lifecycle().version() == booking.lifecycle().version() + 1
                      && fresh.lifecycle().updatedAt().equals(changed.lifecycle().updatedAt())
                      && fresh.status() == changed.status()
                      && fresh.settlements().all().size() == changed.settlements().all().size();
              if (ours) {
                return Uni.createFrom().item(accept(changed, run));
              }
              run.wroteNothing();
              fresh.leases().claimed(booking.leases());
              return attempt(fresh, run, change, rounds - 1);
            });
  }

  private Booking accept(Booking changed, RequestRun run) {
    written(changed, changed.lifecycle().version() + 1);
    run.wrote(changed);
    return changed;
  }

  private Uni<Boolean> write(Booking booking, RequestRun run) {
    boolean before =
        booking.pending().all().stream()
            .findFirst()
            .map(Change::from)
            .map(BookingStatus::active)
            .orElse(booking.status().active());
    boolean frees = before && !booking.status().active();
    boolean claims = !before && booking.status().active();
    Write write = claims ? Write.CHANGE_INTO_PLACE : Write.CHANGE;
    // What was told since it was made counts, and whoever is behind the customer may come back.
    Tuple parameters =
        claims
            ? writes.claim(
                booking, run, null, booking.lifecycle().createdAt(), booking.parties().customerId())
            : writes.parameters(booking, run).addValue(frees);
    Statement statement = writes.shape(write, booking, run).statement();
    return write(booking, run, statement, parameters, claims ? CLAIM_ROUNDS : 0)
        .onFailure(failure -> Database.violates(failure, ONE_ACTIVE))
        .transform(failure -> new NoPlaceLeft());
  }

  /**
   * Writes it.
   *
   * @param claims how often a place may be looked for; 0 where none is needed
   */
  private Uni<Boolean> write(
      Booking booking, RequestRun run, Statement statement, Tuple parameters, int claims) {
    return database
        .statement(statement, parameters, run::doubt)
        .flatMap(
            result -> {
              Row row = result.iterator().next();
              if (row.getLong("bound") == 0) {
                throw Problem.of(
                    ProblemType.REQUEST_IN_PROGRESS, "The request with this key runs elsewhere.");
              }
              boolean written = row.getLong("written") == 1;
              if (written) {
                accept(booking, run);
              }
              if (written || claims == 0 || row.getLong("places") > 0) {
                return Uni.createFrom().item(written);
              }
              return seats
                  .count(booking.session().sessionId())
                  .flatMap(
                      free -> {
                        if (!free || claims == 1) {
                          throw new NoPlaceLeft();
                        }
                        return write(booking, run, statement, parameters, claims - 1);
                      });
            });
  }
}
