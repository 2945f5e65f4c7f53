package app.bookings.storage;

import app.bookings.booking.Booking;
import app.bookings.database.Database;
import app.bookings.database.DatabaseUnavailable;
import app.bookings.platform.LogContext;
import app.bookings.seats.AfterClaim;
import app.bookings.seats.Capacity;
import app.bookings.seats.Claim;
import app.bookings.seats.NoPlace;
import app.bookings.seats.Seats;
import app.bookings.storage.BookingStatements.Write;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * New bookings: the claim of the place and all that is written with it are one statement, and so
 * one transaction in one round trip (domain.md, "Seats").
 */
@ApplicationScoped
public class PlacementStore {
  private static final String PRIMARY_KEY = "bookings_pkey";
  private static final int ROUNDS = 50;

  private final Database database;
  private final BookingStore bookings;
  private final BookingWrites writes;
  private final StatusMetrics metrics;
  private final Seats seats;

  PlacementStore(
      Database database,
      BookingStore bookings,
      BookingWrites writes,
      StatusMetrics metrics,
      Seats seats) {
    this.database = database;
    this.bookings = bookings;
    this.writes = writes;
    this.metrics = metrics;
    this.seats = seats;
  }

  /** Claims a place and writes the booking with all its intents, or writes nothing. */
  public Uni<Placement> place(Booking booking, Capacity capacity, RequestRun run) {
    LogContext.about(booking.id(), booking.parties().companyId());
    run.writing(booking.id());
    Tuple parameters =
        writes.claim(
            booking, run, capacity.places(), capacity.knownAt(), booking.parties().userId());
    return place(
            booking, capacity, parameters, writes.shape(Write.PLACE, booking, run), run, ROUNDS)
        .onFailure(failure -> Database.violates(failure, BookingStore.ONE_ACTIVE, PRIMARY_KEY))
        .recoverWithUni(() -> ourOwnOrAnother(booking))
        .invoke(
            placement -> {
              if (placement instanceof Placement.Placed) {
                metrics.count(booking);
                booking.written(booking.lifecycle().version());
                run.wrote(booking);
              } else {
                run.wroteNothing();
              }
            })
        .onFailure()
        .invoke(run::failed);
  }

  private Uni<Placement> place(
      Booking booking,
      Capacity capacity,
      Tuple parameters,
      BookingStatements.Shape shape,
      RequestRun run,
      int rounds) {
    return database
        .statement(shape.statement(), parameters, run::doubt)
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
                  .afterFailedClaim(claim(booking), capacity)
                  .flatMap(
                      next -> {
                        if (next instanceof AfterClaim.Written) {
                          return Uni.createFrom().item(new Placement.Placed(booking));
                        }
                        if (next instanceof AfterClaim.Refused refused) {
                          return Uni.createFrom().item(new Placement.Refused(refused.why()));
                        }
                        if (rounds == 0) {
                          // Not a refusal: that would need a full session.
                          throw DatabaseUnavailable.nothingWritten();
                        }
                        Write again =
                            ((AfterClaim.TryAgain) next).waits()
                                ? Write.PLACE_WAITING
                                : Write.PLACE;
                        return place(
                            booking, capacity, parameters, shape.with(again), run, rounds - 1);
                      });
            });
  }

  private static Claim claim(Booking booking) {
    return new Claim(
        booking.id(),
        booking.session().sessionId(),
        booking.parties().customerId(),
        booking.parties().userId(),
        booking.session().startsAt(),
        booking.session().endsAt());
  }

  /**
   * The unique row may be ours: a connection that broke after the commit has the statement sent
   * again, with the same id.
   */
  private Uni<Placement> ourOwnOrAnother(Booking booking) {
    return bookings
        .find(booking.id())
        .map(
            found ->
                found.isPresent()
                    ? new Placement.Placed(booking)
                    : new Placement.Refused(new NoPlace.AlreadyBooked()));
  }
}
