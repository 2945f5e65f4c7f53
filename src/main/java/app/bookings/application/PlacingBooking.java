package app.bookings.application;

import app.bookings.booking.Booking;
import app.bookings.booking.Parties;
import app.bookings.booking.Reservation;
import app.bookings.neighbours.Catalog;
import app.bookings.neighbours.Customer;
import app.bookings.neighbours.Deadline;
import app.bookings.neighbours.Session;
import app.bookings.platform.BookingsConfig;
import app.bookings.platform.Clock;
import app.bookings.seats.NoPlace;
import app.bookings.settling.SettlementRunner;
import app.bookings.storage.Placement;
import app.bookings.storage.RequestRun;
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
  private final SettlementRunner runner;
  private final BookingsConfig config;
  private final Clock clock;

  PlacingBooking(
      MakingOffers offers,
      SoldOut soldOut,
      ClaimingPlace places,
      SettlementRunner runner,
      BookingsConfig config,
      Clock clock) {
    this.offers = offers;
    this.soldOut = soldOut;
    this.places = places;
    this.runner = runner;
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
      UUID companyId, UUID sessionId, Booker booker, PaymentChoice choice, RequestRun run) {
    Deadline deadline = Deadline.in(config.requestDeadline());
    return offers
        .session(companyId, sessionId, deadline)
        .flatMap(seen -> offers.make(seen, booker, choice, deadline))
        .call(offer -> notSoldOut(offer.seen(), booker))
        .flatMap(offer -> claim(offer, booker, choice, run))
        .flatMap(placed -> runner.settleWithin(deadline, placed));
  }

  private Uni<Void> notSoldOut(Catalog.Seen seen, Booker booker) {
    return soldOut
        .look(seen, booker)
        .invoke(
            full ->
                full.ifPresent(
                    refused -> {
                      throw ClaimingPlace.refusal(refused);
                    }))
        .replaceWithVoid();
  }

  private Uni<Booking> claim(Offer offer, Booker booker, PaymentChoice choice, RequestRun run) {
    return places
        .claim(
            offer.seen(),
            run,
            (session, linkedUser) -> {
              Instant now = clock.now();
              BookingRules.bookable(session, now);
              UUID user = userBehind(booker, offer.customer(), linkedUser);
              return reservation(offer, session, user, choice, now.plus(config.holdDuration()))
                  .place(booker.actor(), now);
            })
        .map(
            placement -> {
              if (placement instanceof Placement.Placed placed) {
                return placed.booking();
              }
              if (placement instanceof Placement.Refused refused
                  && refused.why() instanceof NoPlace.Full) {
                soldOut.remember(offer.seen().session().id());
              }
              throw ClaimingPlace.refusal(placement);
            });
  }

  /**
   * Who may see the booking and cancel it, beside a guest with their token: the user whose customer
   * companies found, even where a guest typed their address.
   */
  private static UUID userBehind(Booker booker, Customer customer, UUID linkedUser) {
    if (booker.userId() != null) {
      return booker.userId();
    }
    return customer.userId() == null ? linkedUser : customer.userId();
  }

  private static Reservation reservation(
      Offer offer, Session session, UUID userId, PaymentChoice choice, Instant holdExpiresAt) {
    return new Reservation(
        offer.bookingId(),
        new Parties(session.companyId(), offer.customer().id(), userId),
        session.snapshot(),
        session.price(),
        session.currency(),
        offer.payment(),
        choice.resultUrl(),
        holdExpiresAt);
  }
}
