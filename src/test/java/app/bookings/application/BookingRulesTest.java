package app.bookings.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import app.bookings.booking.BookedExtra;
import app.bookings.booking.PaymentPlan;
import app.bookings.neighbours.Coverage;
import app.bookings.neighbours.Customer;
import app.bookings.neighbours.Session;
import app.bookings.problem.Problem;
import app.bookings.settlement.ExtraQuantity;
import app.bookings.settlement.PaymentMethod;
import app.bookings.testsupport.Fast;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The rules of booking that need no claim, and what is to be paid (domain.md, "Domain"). */
@Fast
class BookingRulesTest {

  private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");
  private static final UUID COMPANY = UUID.randomUUID();
  private static final UUID TOWEL = UUID.randomUUID();
  private static final UUID SOLD_OUT = UUID.randomUUID();
  private static final UUID BOOKING = UUID.randomUUID();

  private static Session session(
      Session.Status status, Session.ActivityStatus activity, Instant start, Integer window) {
    return new Session(
        UUID.randomUUID(),
        COMPANY,
        UUID.randomUUID(),
        "Yoga",
        start,
        start.plus(Duration.ofHours(1)),
        status,
        activity,
        new BigDecimal("25.00"),
        "EUR",
        10,
        List.of(PaymentMethod.CARD),
        window,
        null,
        List.of(
            new Session.Extra(TOWEL, "Towel", new BigDecimal("1.50"), 3, true),
            new Session.Extra(SOLD_OUT, "Mat", new BigDecimal("5.00"), 3, false)));
  }

  private static Session session() {
    return session(
        Session.Status.AVAILABLE, Session.ActivityStatus.PUBLISHED, NOW.plusSeconds(60), null);
  }

  /** What a rule answers; null where it lets pass. */
  private static String answer(ThrowingCallable rule) {
    Problem problem = catchThrowableOfType(Problem.class, rule);
    return problem == null ? null : problem.type().slug();
  }

  @Test
  void aSessionIsOfItsCompany() {
    assertThat(answer(() -> BookingRules.belongsTo(session(), COMPANY))).isNull();
    assertThat(answer(() -> BookingRules.belongsTo(session(), UUID.randomUUID())))
        .isEqualTo("session-not-found");
  }

  @ParameterizedTest(name = "{0} {1}, start in {2} s, window {3} h: {4}")
  @CsvSource({
    "AVAILABLE, PUBLISHED, 1, , ",
    "BOOKED, PUBLISHED, 1, , ",
    "AVAILABLE, PUBLISHED, 0, , session-not-bookable",
    "CANCELLED, PUBLISHED, 1, , session-not-bookable",
    "AVAILABLE, DRAFT, 1, , session-not-bookable",
    "AVAILABLE, ARCHIVED, 1, , session-not-bookable",
    "AVAILABLE, CANCELLED, 1, , session-not-bookable",
    "AVAILABLE, PUBLISHED, 3600, 1, ",
    "AVAILABLE, PUBLISHED, 3601, 1, session-not-bookable",
    "AVAILABLE, PUBLISHED, 1, 0, session-not-bookable"
  })
  void aSessionIsBookable(
      Session.Status status,
      Session.ActivityStatus activity,
      int start,
      Integer window,
      String refusal) {
    Session session = session(status, activity, NOW.plusSeconds(start), window);
    assertThat(answer(() -> BookingRules.bookable(session, NOW))).isEqualTo(refusal);
  }

  @ParameterizedTest
  @EnumSource
  void whoIsBannedIsNotWelcome(Customer.Status status) {
    Customer customer = new Customer(UUID.randomUUID(), COMPANY, null, status, 0);
    assertThat(answer(() -> BookingRules.welcome(customer)))
        .isEqualTo(status == Customer.Status.BANNED ? "customer-banned" : null);
  }

  @ParameterizedTest(name = "{0} and {1} towels, {2} mats: {3}")
  @CsvSource({
    "1, 0, 0, ",
    "3, 0, 0, ",
    "1, 2, 0, ",
    "4, 0, 0, extra-not-available",
    "2, 2, 0, extra-not-available",
    "1, 0, 1, extra-not-available"
  })
  void extrasAreThereInThisQuantity(int towels, int more, int mats, String refusal) {
    List<ExtraQuantity> chosen =
        List.of(
                new ExtraQuantity(TOWEL, towels),
                new ExtraQuantity(TOWEL, more),
                new ExtraQuantity(SOLD_OUT, mats))
            .stream()
            .filter(extra -> extra.quantity() > 0)
            .toList();
    assertThat(answer(() -> BookingRules.extras(session(), chosen, BOOKING))).isEqualTo(refusal);
    if (refusal == null) {
      assertThat(BookingRules.extras(session(), chosen, BOOKING))
          .singleElement()
          .satisfies(
              line -> {
                assertThat(line.quantity()).isEqualTo(towels + more);
                assertThat(line.pricePaid()).isEqualTo("1.50");
                assertThat(line.bookingId()).isEqualTo(BOOKING);
                assertThat(line.coveredByEntitlementId()).isNull();
              });
    }
  }

  @Test
  void anExtraThatIsUnknownIsRefused() {
    List<ExtraQuantity> unknown = List.of(new ExtraQuantity(UUID.randomUUID(), 1));
    assertThat(answer(() -> BookingRules.extras(session(), unknown, BOOKING)))
        .isEqualTo("extra-not-available");
  }

  @Test
  void aSumIsAsMuchAsAColumnHolds() {
    List<BookedExtra> lines =
        BookingRules.extras(session(), List.of(new ExtraQuantity(TOWEL, 1)), BOOKING);
    assertThat(BookingRules.fullPrice(new BigDecimal("99999998.49"), lines))
        .isEqualTo("99999999.99");
    assertThat(answer(() -> BookingRules.fullPrice(new BigDecimal("99999998.50"), lines)))
        .isEqualTo("extra-not-available");
  }

  @ParameterizedTest
  @EnumSource
  void guestsHaveNoAccount(PaymentMethod method) {
    Booker guest = new Booker.Guest("a@example.org", null, null, null);
    assertThat(answer(() -> BookingRules.methodOpenTo(guest, method)))
        .isEqualTo(method.openToGuests() ? null : "payment-method-not-allowed");
    assertThatCode(() -> BookingRules.methodOpenTo(new Booker.SignedIn(UUID.randomUUID()), method))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest(name = "{0} allowed, {1} with {2}: {3}")
  @CsvSource({
    "CARD WALLET, CARD, , true",
    "CARD WALLET, BONUS, , false",
    "CARD FREE, FREE, , false",
    "PASS, PASS, , true",
    "CARD, PASS, , false",
    "PASS CARD, PASS, CARD, true",
    "PASS ON_SITE, PASS, ON_SITE, true",
    "PASS WALLET, PASS, WALLET, true",
    "PASS BONUS, PASS, BONUS, true",
    "PASS, PASS, CARD, false",
    "PASS CARD, PASS, PASS, false",
    "PASS FREE, PASS, FREE, false",
    // what pays extras beside a pass does not matter without one
    "CARD, CARD, WALLET, true"
  })
  void aMethodIsAllowed(
      String allowed, PaymentMethod method, PaymentMethod extrasMethod, boolean may) {
    List<PaymentMethod> methods =
        Arrays.stream(allowed.split(" ", -1)).map(PaymentMethod::valueOf).toList();
    assertThat(answer(() -> BookingRules.methodAllowed(methods, method, extrasMethod)))
        .isEqualTo(may ? null : "payment-method-not-allowed");
  }

  @ParameterizedTest
  @CsvSource({"0.00, , ", "3.50, CARD, ", "3.50, , remainder-not-covered"})
  void whatAPassLeavesIsPaidBySomething(
      BigDecimal remainder, PaymentMethod extrasMethod, String refusal) {
    assertThat(answer(() -> BookingRules.remainderCovered(remainder, extrasMethod)))
        .isEqualTo(refusal);
  }

  @ParameterizedTest
  @CsvSource({"28.00, ", "28.00, 28", "28.00, 28.00", "28.00, 28.000"})
  void theTotalIsTheOneAgreedTo(BigDecimal total, BigDecimal expected) {
    assertThatCode(() -> BookingRules.expected(total, expected)).doesNotThrowAnyException();
  }

  @Test
  void anotherTotalIsNamed() {
    BigDecimal total = new BigDecimal("28.00");
    Problem changed =
        catchThrowableOfType(
            Problem.class, () -> BookingRules.expected(total, new BigDecimal("25")));
    assertThat(changed.type().slug()).isEqualTo("price-changed");
    assertThat(changed.members()).containsEntry("total", total);
  }

  @Test
  void aPassAbsorbsThePriceAndWhatItCovers() {
    UUID pass = UUID.randomUUID();
    List<BookedExtra> lines =
        BookingRules.extras(session(), List.of(new ExtraQuantity(TOWEL, 3)), BOOKING);
    Coverage coverage = new Coverage(pass, List.of(new ExtraQuantity(TOWEL, 2)));
    PaymentPlan plan = Pricing.pass(coverage, lines, PaymentMethod.CARD);
    assertThat(plan.total()).isEqualTo("1.50");
    assertThat(plan.entitlementId()).isEqualTo(pass);
    assertThat(plan.remainder()).isEqualTo(PaymentMethod.CARD);
    assertThat(plan.extras()).extracting(BookedExtra::quantity).containsExactly(2, 1);
    PaymentPlan none = Pricing.pass(new Coverage(null, List.of()), lines, null);
    assertThat(none.entitlementId()).isNull();
    assertThat(none.total()).isEqualTo("4.50");
  }

  @Test
  void wholeAndFree() {
    BigDecimal total = new BigDecimal("25.00");
    assertThat(Pricing.whole(PaymentMethod.CARD, List.of(), total))
        .isEqualTo(new PaymentPlan(PaymentMethod.CARD, null, List.of(), total, PaymentMethod.CARD));
    assertThat(Pricing.free(List.of()).total()).isEqualTo("0.00");
    assertThat(Pricing.free(List.of()).method()).isEqualTo(PaymentMethod.FREE);
  }
}
