package app.bookings.application;

import app.bookings.booking.Actor;
import app.bookings.booking.Booking;
import app.bookings.booking.ExtraLines;
import app.bookings.booking.PaymentPlan;
import app.bookings.booking.PaymentRules;
import app.bookings.neighbours.Catalog;
import app.bookings.neighbours.Coverage;
import app.bookings.neighbours.Deadline;
import app.bookings.neighbours.Neighbour;
import app.bookings.neighbours.Passes;
import app.bookings.platform.BookingsConfig;
import app.bookings.platform.Clock;
import app.bookings.problem.Problem;
import app.bookings.problem.ProblemType;
import app.bookings.settlement.DeclineReason;
import app.bookings.settlement.ExtraQuantity;
import app.bookings.settlement.PaymentMethod;
import app.bookings.settling.SettlementRunner;
import app.bookings.storage.BookingStore;
import app.bookings.storage.RequestRun;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;

/**
 * Pays a booking that is not paid yet (api.md, "Client", pay; domain.md, "Money"). On a booking
 * whose price a pass absorbed already, it pays what the pass left.
 */
@ApplicationScoped
public class PayingBooking {

  private final Catalog catalog;
  private final Passes passes;
  private final BookingStore bookings;
  private final SettlementRunner runner;
  private final BookingsConfig config;
  private final Clock clock;

  PayingBooking(
      Catalog catalog,
      Passes passes,
      BookingStore bookings,
      SettlementRunner runner,
      BookingsConfig config,
      Clock clock) {
    this.catalog = catalog;
    this.passes = passes;
    this.bookings = bookings;
    this.runner = runner;
    this.config = config;
    this.clock = clock;
  }

  /**
   * Pays.
   *
   * @param payer who pays, which says where the money goes should it be given back
   * @return the booking as far as it got before the deadline; a decline leaves it as it was. Fails
   *     with {@code invalid-state}, {@code payment-method-not-allowed}, {@code
   *     remainder-not-covered} or {@code price-changed}, or as unavailable: nothing is written then
   */
  public Uni<Booking> pay(Booking booking, PaymentChoice choice, Actor payer, RequestRun run) {
    Deadline deadline = Deadline.in(config.requestDeadline());
    PaymentRules.refusal(booking, clock.now())
        .ifPresent(
            refusal -> {
              throw refusal;
            });
    boolean absorbed = booking.payment().absorbed();
    PaymentMethod method =
        absorbed && choice.paymentMethod() == PaymentMethod.PASS
            ? choice.extrasPaymentMethod()
            : choice.paymentMethod();
    return deadline
        .within(Neighbour.CATALOG, catalog.session(booking.session().sessionId()))
        .invoke(
            seen -> {
              onlyWhatPays(choice, absorbed);
              BookingRules.methodAllowed(
                  seen.session().allowedPaymentMethods(), method, choice.extrasPaymentMethod());
            })
        .flatMap(
            seen ->
                method == PaymentMethod.PASS
                    ? coverage(booking, choice, deadline)
                    : Uni.createFrom().item(new Coverage(null, List.of())))
        .flatMap(coverage -> begin(booking, method, choice, coverage, payer, run))
        .flatMap(begun -> runner.settleWithin(deadline, begun));
  }

  /** To pay is to move something: neither for free nor later at the desk. */
  private static void onlyWhatPays(PaymentChoice choice, boolean absorbed) {
    boolean remainderMissing =
        absorbed
            && choice.paymentMethod() == PaymentMethod.PASS
            && choice.extrasPaymentMethod() == null;
    if (remainderMissing) {
      throw Problem.of(
          ProblemType.REMAINDER_NOT_COVERED, "The pass leaves extras that no method pays.");
    }
    if (choice.paymentMethod() == PaymentMethod.ON_SITE
        || choice.extrasPaymentMethod() == PaymentMethod.ON_SITE) {
      throw Problem.of(
          ProblemType.PAYMENT_METHOD_NOT_ALLOWED, "Paying on site is done at the desk.");
    }
  }

  private Uni<Coverage> coverage(Booking booking, PaymentChoice choice, Deadline deadline) {
    return deadline
        .within(
            Neighbour.PASSES,
            passes.coverage(
                booking.parties().customerId(),
                booking.session().activityId(),
                booking.session().startsAt(),
                choice.entitlementId(),
                ExtraLines.quantities(booking.extras())))
        .invoke(
            coverage -> {
              if (coverage.entitlementId() == null) {
                throw PaymentRules.declined(booking, DeclineReason.ENTITLEMENT_NOT_USABLE);
              }
              BookingRules.remainderCovered(
                  Pricing.pass(coverage, booking.extras(), choice.extrasPaymentMethod()).total(),
                  choice.extrasPaymentMethod());
            });
  }

  private Uni<Booking> begin(
      Booking booking,
      PaymentMethod method,
      PaymentChoice choice,
      Coverage coverage,
      Actor payer,
      RequestRun run) {
    List<ExtraQuantity> covered = coverage.coveredExtras();
    return bookings.change(
        booking,
        run,
        current -> {
          PaymentPlan plan =
              method == PaymentMethod.PASS
                  ? Pricing.pass(coverage, current.extras(), choice.extrasPaymentMethod())
                  : Pricing.whole(method, current.extras(), current.total());
          BookingRules.expected(plan.total(), choice.expectedTotal());
          Instant now = clock.now();
          PaymentRules.begin(
              current,
              plan,
              covered,
              choice.resultUrl(),
              now.plus(config.holdDuration()),
              payer,
              now);
        });
  }
}
