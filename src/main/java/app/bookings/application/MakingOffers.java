package app.bookings.application;

import app.bookings.booking.BookedExtra;
import app.bookings.booking.ExtraLines;
import app.bookings.booking.PaymentPlan;
import app.bookings.neighbours.Catalog;
import app.bookings.neighbours.Companies;
import app.bookings.neighbours.Coverage;
import app.bookings.neighbours.Customer;
import app.bookings.neighbours.Deadline;
import app.bookings.neighbours.Neighbour;
import app.bookings.neighbours.Passes;
import app.bookings.neighbours.Session;
import app.bookings.platform.Clock;
import app.bookings.platform.Ids;
import app.bookings.settlement.ExtraQuantity;
import app.bookings.settlement.PaymentMethod;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;

/**
 * Asks the neighbours and applies the rules, in the order of domain.md, "Booking rules". Nothing is
 * claimed or moved; create and quote share it, so that they can't differ.
 */
@ApplicationScoped
class MakingOffers {

  private final Catalog catalog;
  private final Companies companies;
  private final Passes passes;
  private final ClaimingPlace places;
  private final Clock clock;

  MakingOffers(
      Catalog catalog, Companies companies, Passes passes, ClaimingPlace places, Clock clock) {
    this.catalog = catalog;
    this.companies = companies;
    this.passes = passes;
    this.places = places;
    this.clock = clock;
  }

  /** The session, if the company has it. */
  Uni<Catalog.Seen> session(UUID companyId, UUID sessionId, Deadline deadline) {
    return deadline
        .within(Neighbour.CATALOG, catalog.session(sessionId))
        .invoke(seen -> BookingRules.belongsTo(seen.session(), companyId));
  }

  /**
   * The offer for whoever books.
   *
   * @return fails with the problem of the first rule that is broken, or as unavailable
   */
  Uni<Offer> make(Catalog.Seen seen, Booker booker, PaymentChoice choice, Deadline deadline) {
    return Uni.createFrom()
        .deferred(
            () -> {
              BookingRules.bookable(seen.session(), clock.now());
              return booker instanceof Booker.Guest guest
                  ? forGuest(seen, guest, choice, deadline)
                  : forUser(seen, booker, choice, deadline);
            });
  }

  private Uni<Offer> forUser(
      Catalog.Seen seen, Booker user, PaymentChoice choice, Deadline deadline) {
    return deadline
        .within(Neighbour.COMPANIES, companies.resolve(seen.session().companyId(), user.userId()))
        .invoke(BookingRules::welcome)
        .flatMap(customer -> price(seen, customer, user, choice, deadline))
        .invoke(offer -> BookingRules.expected(offer.payment().total(), choice.expectedTotal()));
  }

  /**
   * In an order of its own, so that typing an address tells nothing about it: first what is the
   * same for everybody, up to a free place; then the address is counted, and only then it matters
   * whose it is.
   */
  private Uni<Offer> forGuest(
      Catalog.Seen seen, Booker.Guest guest, PaymentChoice choice, Deadline deadline) {
    UUID bookingId = Ids.next();
    PaymentPlan payment = payment(seen.session(), guest, choice, bookingId);
    BookingRules.expected(payment.total(), choice.expectedTotal());
    return places
        .openToAnybody(seen)
        .chain(guest::counted)
        .chain(
            () ->
                deadline.within(
                    Neighbour.COMPANIES,
                    companies.resolve(
                        seen.session().companyId(), guest.email(), guest.phone(), guest.name())))
        .invoke(BookingRules::welcome)
        .map(customer -> new Offer(bookingId, seen, customer, payment, null));
  }

  /** What is to be paid as long as no pass is looked at. */
  private static PaymentPlan payment(
      Session session, Booker booker, PaymentChoice choice, UUID bookingId) {
    List<BookedExtra> extras = BookingRules.extras(session, choice.extras(), bookingId);
    BigDecimal full = BookingRules.fullPrice(session.price(), extras);
    if (full.signum() == 0) {
      return Pricing.free(extras);
    }
    PaymentMethod method = choice.paymentMethod();
    BookingRules.methodOpenTo(booker, method);
    BookingRules.methodAllowed(
        session.allowedPaymentMethods(), method, choice.extrasPaymentMethod());
    return Pricing.whole(method, extras, full);
  }

  private Uni<Offer> price(
      Catalog.Seen seen, Customer customer, Booker user, PaymentChoice choice, Deadline deadline) {
    Session session = seen.session();
    UUID bookingId = Ids.next();
    PaymentPlan payment = payment(session, user, choice, bookingId);
    if (payment.method() != PaymentMethod.PASS) {
      return Uni.createFrom().item(new Offer(bookingId, seen, customer, payment, null));
    }
    List<BookedExtra> extras = payment.extras();
    List<ExtraQuantity> asked = ExtraLines.quantities(extras);
    return deadline
        .within(
            Neighbour.PASSES,
            passes.coverage(
                customer.id(),
                session.activityId(),
                session.startsAt(),
                choice.entitlementId(),
                asked))
        .map(coverage -> covered(bookingId, seen, customer, extras, choice, coverage));
  }

  private static Offer covered(
      UUID bookingId,
      Catalog.Seen seen,
      Customer customer,
      List<BookedExtra> extras,
      PaymentChoice choice,
      Coverage coverage) {
    var payment = Pricing.pass(coverage, extras, choice.extrasPaymentMethod());
    if (coverage.entitlementId() != null) {
      BookingRules.remainderCovered(payment.total(), choice.extrasPaymentMethod());
    }
    return new Offer(bookingId, seen, customer, payment, coverage);
  }
}
