package app.bookings.place;

import app.bookings.BookingsConfig;
import app.bookings.booking.Booking;
import app.bookings.booking.Placement;
import app.bookings.booking.RequestRun;
import app.bookings.booking.Reservation;
import app.bookings.catalog.Catalog;
import app.bookings.catalog.Session;
import app.bookings.problem.Problem;
import app.bookings.problem.ProblemType;
import app.bookings.settle.Settler;
import app.bookings.time.Clock;
import app.bookings.upstream.Deadline;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.UUID;

/**
 * Books a place: rules, then the claim of a place together with the intent of every movement, then
 * the movements (domain.md, "Booking rules"; api.md, "Client", create).
 */
@ApplicationScoped
public class PlacingBooking {

  private final MakingOffers offers;
  private final SoldOut soldOut;
  private final ClaimingPlace places;
  private final Settler settler;
  private final BookingsConfig config;
  private final Clock clock;

  PlacingBooking(
      MakingOffers offers,
      SoldOut soldOut,
      ClaimingPlace places,
      Settler settler,
      BookingsConfig config,
      Clock clock) {
    this.offers = offers;
    this.soldOut = soldOut;
    this.places = places;
    this.settler = settler;
    this.config = config;
    this.clock = clock;
  }

  /**
   * Books.
   *
   * @return the booking as far as it got before the deadline: settled, declined, or still PENDING;
   *     fails with the problem of the rule that is broken, and nothing is written then
   */
  public Uni<Booking> place(
      UUID companyId, UUID sessionId, Booker booker, Choice choice, RequestRun run) {
    Deadline deadline = Deadline.in(config.requestDeadline());
    return offers
        .session(companyId, sessionId, deadline)
        .flatMap(seen -> offers.make(seen, booker, choice, deadline))
        .call(offer -> notSoldOut(offer.seen(), booker))
        .flatMap(offer -> claim(offer, booker, choice, run))
        .flatMap(placed -> settler.settleWithin(deadline, placed));
  }

  private Uni<Void> notSoldOut(Catalog.Seen seen, Booker booker) {
    return soldOut
        .look(seen, booker)
        .invoke(
            full ->
                full.ifPresent(
                    refused -> {
                      throw refusal(refused);
                    }))
        .replaceWithVoid();
  }

  private Uni<Booking> claim(Offer offer, Booker booker, Choice choice, RequestRun run) {
    return places
        .claim(
            offer.seen(),
            run,
            (session, linkedUser) -> {
              Instant now = clock.now();
              BookingRules.bookable(session, now);
              UUID user = booker.userId() == null ? linkedUser : booker.userId();
              return reservation(offer, session, user, choice, now.plus(config.holdDuration()))
                  .place(booker.actor(), now);
            })
        .map(
            placement -> {
              if (placement instanceof Placement.Placed placed) {
                return placed.booking();
              }
              if (placement instanceof Placement.Full) {
                soldOut.remember(offer.seen().session().id());
              }
              throw refusal(placement);
            });
  }

  private static Reservation reservation(
      Offer offer, Session session, UUID userId, Choice choice, Instant holdExpiresAt) {
    return new Reservation(
        offer.bookingId(),
        session.companyId(),
        session.activityId(),
        session.id(),
        offer.customer().id(),
        userId,
        session.snapshot(),
        session.price(),
        session.currency(),
        offer.payment(),
        choice.resultUrl(),
        holdExpiresAt);
  }

  private static Problem refusal(Placement placement) {
    if (placement instanceof Placement.Full full) {
      return Problem.of(ProblemType.SESSION_FULL, "Every place is taken.")
          .with("mayFreeUpAt", full.mayFreeUpAt());
    }
    if (placement instanceof Placement.Closed) {
      return Problem.of(ProblemType.SESSION_NOT_BOOKABLE, "The session was called off.");
    }
    if (placement instanceof Placement.CustomerDeleted) {
      return Problem.of(ProblemType.CUSTOMER_BANNED, "The company has deleted the customer.");
    }
    return placement instanceof Placement.AlreadyBooked
        ? Problem.of(ProblemType.ALREADY_BOOKED, "One booking per customer and session.")
        : Problem.of(ProblemType.REQUEST_IN_PROGRESS, "The request with this key runs elsewhere.");
  }
}
