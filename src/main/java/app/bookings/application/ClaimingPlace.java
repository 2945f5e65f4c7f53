package app.bookings.application;

import app.bookings.booking.Booking;
import app.bookings.database.DatabaseUnavailable;
import app.bookings.neighbours.Catalog;
import app.bookings.neighbours.Session;
import app.bookings.problem.Problem;
import app.bookings.problem.ProblemType;
import app.bookings.seats.News;
import app.bookings.seats.NoPlace;
import app.bookings.seats.Seats;
import app.bookings.storage.Placement;
import app.bookings.storage.PlacementStore;
import app.bookings.storage.RequestRun;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import java.util.function.BiFunction;

/**
 * Claims a place by what is true of session and customer: where something else was told of them
 * than the booking says, the booking is made anew with it (reliability.md, "Facts that outlive an
 * event").
 */
@ApplicationScoped
class ClaimingPlace {

  /** News may arrive during a claim once, and very rarely twice. */
  private static final int ROUNDS = 5;

  private final PlacementStore placements;
  private final Seats seats;
  private final SessionFactStore sessionFacts;

  ClaimingPlace(PlacementStore placements, Seats seats, SessionFactStore sessionFacts) {
    this.placements = placements;
    this.seats = seats;
    this.sessionFacts = sessionFacts;
  }

  /**
   * Looks whether there is a place for somebody of whom nothing is known; claims nothing.
   *
   * @return fails with {@code session-not-bookable} or {@code session-full}
   */
  Uni<Void> openToAnybody(Catalog.Seen seen) {
    return seats
        .look(seen.session().id(), seen.capacity(), null)
        .flatMap(
            look ->
                (look.closed() ? reopened(seen) : Uni.createFrom().item(true))
                    .invoke(
                        open -> {
                          if (!open) {
                            throw refusal(new NoPlace.Closed());
                          }
                          if (look.full()) {
                            throw refusal(new NoPlace.Full(look.mayFreeUpAt()));
                          }
                        }))
        .replaceWithVoid();
  }

  /** Whether catalog offers what was called off, as far as we were told. */
  private Uni<Boolean> reopened(Catalog.Seen seen) {
    return seen.session().offered()
        ? sessionFacts.onOffer(seen.session().id(), seen.at())
        : Uni.createFrom().item(false);
  }

  /**
   * Claims a place.
   *
   * @param make makes the booking of the session as it is and the user behind the customer, null
   *     where nothing was told of one; its refusals fail the claim
   */
  Uni<Placement> claim(Catalog.Seen seen, RequestRun run, BiFunction<Session, UUID, Booking> make) {
    return claim(seen, News.NONE, run, make, ROUNDS);
  }

  private Uni<Placement> claim(
      Catalog.Seen seen,
      News told,
      RequestRun run,
      BiFunction<Session, UUID, Booking> make,
      int rounds) {
    Session session =
        told.startsAt() == null
            ? seen.session()
            : seen.session().movedTo(told.startsAt(), told.endsAt());
    return Uni.createFrom()
        .deferred(() -> placements.place(make.apply(session, told.userId()), seen.capacity(), run))
        .flatMap(
            placement -> {
              NoPlace why = placement instanceof Placement.Refused no ? no.why() : null;
              if (rounds > 0 && why instanceof NoPlace.Outdated outdated) {
                return claim(seen, outdated.news(), run, make, rounds - 1);
              }
              if (why instanceof NoPlace.Outdated) {
                throw DatabaseUnavailable.nothingWritten();
              }
              return rounds > 0 && why instanceof NoPlace.Closed
                  ? reopened(seen)
                      .flatMap(
                          open ->
                              open
                                  ? claim(seen, told, run, make, 0)
                                  : Uni.createFrom().item(placement))
                  : Uni.createFrom().item(placement);
            });
  }

  /** The problem that a claim without a place answers. */
  static Problem refusal(Placement placement) {
    return placement instanceof Placement.Refused refused
        ? refusal(refused.why())
        : Problem.of(ProblemType.REQUEST_IN_PROGRESS, "The request with this key runs elsewhere.");
  }

  static Problem refusal(NoPlace why) {
    if (why instanceof NoPlace.Full full) {
      return Problem.of(ProblemType.SESSION_FULL, "Every place is taken.")
          .with("mayFreeUpAt", full.mayFreeUpAt());
    }
    if (why instanceof NoPlace.Closed) {
      return Problem.of(ProblemType.SESSION_NOT_BOOKABLE, "The session was called off.");
    }
    if (why instanceof NoPlace.CustomerDeleted) {
      return Problem.of(ProblemType.CUSTOMER_BANNED, "The company has deleted the customer.");
    }
    return Problem.of(ProblemType.ALREADY_BOOKED, "One booking per customer and session.");
  }
}
