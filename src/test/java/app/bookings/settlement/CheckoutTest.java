package app.bookings.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import app.bookings.testsupport.Fast;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When an open checkout is asked for, beside its event: times are seconds since it was opened. */
@Fast
class CheckoutTest {

  private static final Instant OPENED = Instant.parse("2026-11-30T12:00:00Z");

  @ParameterizedTest(name = "of {0} s, held {1}, at {2} s: at {3} s")
  @CsvSource({
    // every minute, and once half a minute before its end
    "900, true, 0, 60",
    "900, true, 809, 869",
    "900, true, 810, 870",
    "900, true, 811, 870",
    "900, false, 869, 870",
    // then at its end, unless the end of the hold sees to it
    "900, false, 870, 900",
    "900, false, 899, 900",
    "900, false, 900, 960",
    "900, true, 870, 930",
    "900, true, 900, 960",
    // a short one: a quarter of its time before its end
    "40, true, 0, 30",
    "40, false, 30, 40",
    "40, true, 30, 90"
  })
  void isAskedForAgain(int lasts, boolean held, int now, int then) {
    Settlement payment =
        new Intent(UUID.randomUUID(), Occasion.CREATE, 1, OPENED)
            .charge(
                SettlementKind.CARD_PAYMENT,
                1,
                new BigDecimal("25.00"),
                null,
                OPENED.plusSeconds(lasts),
                false);
    assertThat(Checkout.askAgainAt(payment, held, OPENED.plusSeconds(now)))
        .isEqualTo(OPENED.plusSeconds(then));
  }
}
