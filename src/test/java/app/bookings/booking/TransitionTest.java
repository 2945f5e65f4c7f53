package app.bookings.booking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.bookings.problem.Problem;
import app.bookings.problem.ProblemType;
import app.bookings.testsupport.Fast;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** domain.md, "State machine": every status against every transition. */
@Fast
class TransitionTest {

  /** The table of the specification, written down a second time. */
  private static final Set<String> ALLOWED =
      Set.of(
          "null HOLD PENDING",
          "null CONFIRM_AT_ONCE CONFIRMED",
          "PENDING SETTLED CONFIRMED",
          "PENDING DECLINED CANCELLED",
          "PENDING HOLD_EXPIRED CANCELLED",
          "PENDING CANCELLED_BY_CUSTOMER CANCELLED",
          "PENDING SESSION_CANCELLED CANCELLED",
          "PENDING SESSION_DELETED CANCELLED",
          "PENDING CUSTOMER_DELETED CANCELLED",
          "CONFIRMED CANCELLED_BY_CUSTOMER CANCELLED",
          "CONFIRMED SESSION_CANCELLED CANCELLED",
          "CONFIRMED SESSION_DELETED CANCELLED",
          "CONFIRMED CUSTOMER_DELETED CANCELLED",
          "CANCELLED GIVEN_BACK REFUNDED",
          "CANCELLED PAID_AFTER_HOLD_EXPIRED CONFIRMED",
          "CONFIRMED VERIFIED_AT_GATE CHECKED_IN",
          "CONFIRMED BILLING_FAILED PENDING_PAYMENT",
          "CHECKED_IN BILLING_FAILED PENDING_PAYMENT",
          "PENDING_PAYMENT DEBT_PAID CONFIRMED",
          "PENDING_PAYMENT DEBT_PAID_AFTER_CHECK_IN CHECKED_IN",
          "PENDING_PAYMENT DEBT_WAIVED CANCELLED",
          "CHECKED_IN SESSION_CANCELLED CANCELLED",
          "CHECKED_IN SESSION_DELETED CANCELLED",
          "CHECKED_IN CUSTOMER_DELETED CANCELLED",
          "PENDING_PAYMENT SESSION_CANCELLED CANCELLED",
          "PENDING_PAYMENT SESSION_DELETED CANCELLED",
          "PENDING_PAYMENT CUSTOMER_DELETED CANCELLED");

  static Stream<Arguments> matrix() {
    List<BookingStatus> statuses = new ArrayList<>(Arrays.asList(BookingStatus.values()));
    statuses.add(null);
    return statuses.stream()
        .flatMap(
            status ->
                Arrays.stream(Transition.values())
                    .map(transition -> Arguments.of(status, transition)));
  }

  @ParameterizedTest(name = "{0} by {1}")
  @MethodSource("matrix")
  void isAllowedExactlyWhereTheTableSaysSo(BookingStatus status, Transition transition) {
    Booking booking = BookingFixture.booking().that(status).build();
    Instant now = BookingFixture.NOW;
    if (ALLOWED.contains(status + " " + transition + " " + transition.to())) {
      booking.take(transition, Actor.SERVICE, now);
      assertThat(booking.status()).isEqualTo(transition.to());
      assertThat(booking.pending().all()).hasSize(1);
    } else {
      assertThatThrownBy(() -> booking.take(transition, Actor.SERVICE, now))
          .isInstanceOfSatisfying(
              Problem.class,
              problem -> assertThat(problem.type()).isEqualTo(ProblemType.INVALID_STATE));
      assertThat(booking.status()).isEqualTo(status);
      assertThat(booking.pending().all()).isEmpty();
      assertThat(booking.pending().any()).isFalse();
    }
  }

  @Test
  void theMatrixHoldsEveryRowOfTheTable() {
    Set<String> reached = new TreeSet<>();
    matrix()
        .map(Arguments::get)
        .forEach(
            pair -> {
              BookingStatus status = (BookingStatus) pair[0];
              Transition transition = (Transition) pair[1];
              if (transition.allowedFrom(status)) {
                reached.add(status + " " + transition + " " + transition.to());
              }
            });
    assertThat(reached).isEqualTo(new TreeSet<>(ALLOWED));
  }
}
