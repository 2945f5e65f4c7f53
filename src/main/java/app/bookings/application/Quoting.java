package app.bookings.application;

import app.bookings.booking.BookedExtra;
import app.bookings.booking.PaymentPlan;
import app.bookings.neighbours.Catalog;
import app.bookings.neighbours.Customer;
import app.bookings.neighbours.Deadline;
import app.bookings.neighbours.NeighbourUnavailable;
import app.bookings.neighbours.Session;
import app.bookings.platform.BookingsConfig;
import app.bookings.problem.Problem;
import app.bookings.problem.ProblemType;
import app.bookings.seats.Seats;
import app.bookings.settlement.Money;
import app.bookings.settlement.PaymentMethod;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;

/** Answers what create would, without claiming or moving anything (api.md, "Client", quote). */
@ApplicationScoped
public class Quoting {

  private final MakingOffers offers;
  private final Seats seats;
  private final BookingsConfig config;

  Quoting(MakingOffers offers, Seats seats, BookingsConfig config) {
    this.offers = offers;
    this.seats = seats;
    this.config = config;
  }

  /**
   * Prices the choice and says whether it would be taken.
   *
   * @return fails with {@code session-not-found}, since there is nothing to price then, or as
   *     unavailable; every other refusal is part of the quote
   */
  public Uni<Quote> quote(UUID companyId, UUID sessionId, UUID userId, PaymentChoice choice) {
    Deadline deadline = Deadline.in(config.requestDeadline());
    return offers
        .session(companyId, sessionId, deadline)
        .flatMap(
            seen ->
                offers
                    .make(seen, new Booker.SignedIn(userId), choice, deadline)
                    .flatMap(offer -> offered(seen, offer))
                    .onFailure(
                        failure ->
                            failure instanceof Problem
                                && !(failure instanceof NeighbourUnavailable))
                    .recoverWithUni(failure -> refused(seen, choice, (Problem) failure)));
  }

  private Uni<Quote> offered(Catalog.Seen seen, Offer offer) {
    return seats
        .look(seen.session().id(), seen.capacity(), offer.customer().id())
        .map(
            look -> {
              String problem = null;
              if (look.alreadyBooked()) {
                problem = ProblemType.ALREADY_BOOKED.slug();
              } else if (look.full()) {
                problem = ProblemType.SESSION_FULL.slug();
              } else if (wouldBeDeclined(offer.payment(), offer.customer())) {
                problem = ProblemType.PAYMENT_DECLINED.slug();
              }
              PaymentPlan payment = offer.payment();
              return quote(
                  seen.session(), problem, payment.extras(), payment.total(), look.free(), offer);
            });
  }

  /** As far as it can be told without asking for the movement itself. */
  private static boolean wouldBeDeclined(PaymentPlan payment, Customer customer) {
    boolean noPass = payment.method() == PaymentMethod.PASS && payment.entitlementId() == null;
    boolean points =
        payment.remainder() == PaymentMethod.BONUS
            && Money.points(payment.total()) > customer.bonusBalance();
    return noPass || points;
  }

  private Uni<Quote> refused(Catalog.Seen seen, PaymentChoice choice, Problem refusal) {
    Session session = seen.session();
    return seats
        .look(session.id(), seen.capacity(), null)
        .map(
            look -> {
              List<BookedExtra> lines = null;
              BigDecimal total = null;
              if (refusal.type() != ProblemType.EXTRA_NOT_AVAILABLE) {
                try {
                  lines = BookingRules.extras(session, choice.extras(), null);
                  total = BookingRules.fullPrice(session.price(), lines);
                } catch (Problem unavailable) {
                  // The first rule that is broken is the answer; without the extras there is no
                  // sum.
                  lines = null;
                }
              }
              return quote(session, refusal.type().slug(), lines, total, look.free(), null);
            });
  }

  private static Quote quote(
      Session session,
      String problem,
      List<BookedExtra> lines,
      BigDecimal total,
      Integer freePlaces,
      Offer offer) {
    BigDecimal extrasTotal =
        lines == null
            ? null
            : lines.stream().map(BookedExtra::amount).reduce(Money.ZERO, BigDecimal::add);
    return new Quote(
        problem == null,
        problem,
        session.price(),
        extrasTotal,
        total,
        session.currency(),
        offer == null ? null : offer.coverage(),
        session.allowedPaymentMethods(),
        freePlaces,
        session.snapshot().cancellationDeadline());
  }
}
