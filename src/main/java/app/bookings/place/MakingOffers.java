package app.bookings.place;

import app.bookings.booking.BookedExtra;
import app.bookings.booking.ExtraQuantity;
import app.bookings.booking.Ids;
import app.bookings.booking.PaymentMethod;
import app.bookings.catalog.Catalog;
import app.bookings.catalog.Session;
import app.bookings.companies.Companies;
import app.bookings.companies.Customer;
import app.bookings.passes.Coverage;
import app.bookings.passes.Passes;
import app.bookings.time.Clock;
import app.bookings.upstream.Deadline;
import app.bookings.upstream.Upstream;
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
  private final Clock clock;

  MakingOffers(Catalog catalog, Companies companies, Passes passes, Clock clock) {
    this.catalog = catalog;
    this.companies = companies;
    this.passes = passes;
    this.clock = clock;
  }

  /** The session, if the company has it. */
  Uni<Catalog.Seen> session(UUID companyId, UUID sessionId, Deadline deadline) {
    return deadline
        .within(Upstream.CATALOG, catalog.session(sessionId))
        .invoke(seen -> BookingRules.belongsTo(seen.session(), companyId));
  }

  /**
   * The offer for a customer.
   *
   * @return fails with the problem of the first rule that is broken, or as unavailable
   */
  Uni<Offer> make(Catalog.Seen seen, Booker booker, Choice choice, Deadline deadline) {
    Session session = seen.session();
    return Uni.createFrom()
        .deferred(
            () -> {
              BookingRules.bookable(session, clock.now());
              return deadline.within(Upstream.COMPANIES, resolve(session.companyId(), booker));
            })
        .invoke(BookingRules::welcome)
        .flatMap(customer -> price(seen, customer, booker, choice, deadline))
        .invoke(offer -> BookingRules.expected(offer.payment().total(), choice.expectedTotal()));
  }

  private Uni<Customer> resolve(UUID companyId, Booker booker) {
    return booker instanceof Booker.Guest guest
        ? companies.resolve(companyId, guest.email(), guest.phone(), guest.name())
        : companies.resolve(companyId, booker.userId());
  }

  private Uni<Offer> price(
      Catalog.Seen seen, Customer customer, Booker booker, Choice choice, Deadline deadline) {
    Session session = seen.session();
    UUID bookingId = Ids.next();
    List<BookedExtra> extras = BookingRules.extras(session, choice.extras(), bookingId);
    BigDecimal full = BookingRules.fullPrice(session.price(), extras);
    if (full.signum() == 0) {
      return Uni.createFrom()
          .item(new Offer(bookingId, seen, customer, Pricing.free(extras), null));
    }
    PaymentMethod method = choice.paymentMethod();
    BookingRules.methodOpenTo(booker, method);
    BookingRules.methodAllowed(
        session.allowedPaymentMethods(), method, choice.extrasPaymentMethod());
    if (method != PaymentMethod.PASS) {
      return Uni.createFrom()
          .item(new Offer(bookingId, seen, customer, Pricing.whole(method, extras, full), null));
    }
    List<ExtraQuantity> asked =
        extras.stream().map(line -> new ExtraQuantity(line.extraId(), line.quantity())).toList();
    return deadline
        .within(
            Upstream.PASSES,
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
      Choice choice,
      Coverage coverage) {
    var payment = Pricing.pass(coverage, extras, choice.extrasPaymentMethod());
    if (coverage.entitlementId() != null) {
      BookingRules.remainderCovered(payment.total(), choice.extrasPaymentMethod());
    }
    return new Offer(bookingId, seen, customer, payment, coverage);
  }
}
