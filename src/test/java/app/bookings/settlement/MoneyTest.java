package app.bookings.settlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.bookings.testsupport.Fast;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** domain.md, "Money": amounts, points, and which movement serves which method. */
@Fast
class MoneyTest {

  @ParameterizedTest
  @CsvSource({"25, 25.00", "25.0, 25.00", "25.500, 25.50", "0, 0.00"})
  void anAmountHasTwoDecimals(BigDecimal amount, String money) {
    assertThat(Money.of(amount)).isEqualTo(new BigDecimal(money));
  }

  @Test
  void thereAreNoFractionsOfACent() {
    assertThatThrownBy(() -> Money.of(new BigDecimal("0.005")))
        .isInstanceOf(ArithmeticException.class);
  }

  @ParameterizedTest
  @CsvSource({"25.00, 25", "25.01, 26", "0.99, 1", "0.00, 0"})
  void aPointForEachCurrencyUnitRoundedUp(BigDecimal amount, int points) {
    assertThat(Money.points(amount)).isEqualTo(points);
  }

  @ParameterizedTest
  @CsvSource({
    "FREE, true, false, ",
    "ON_SITE, true, true, ",
    "WALLET, false, true, WALLET_DEBIT",
    "BONUS, false, true, BONUS_DEBIT",
    "PASS, false, false, PASS_REDEMPTION",
    "CARD, true, true, CARD_PAYMENT"
  })
  void aMethod(PaymentMethod method, boolean guests, boolean remainder, SettlementKind charge) {
    assertThat(method.openToGuests()).isEqualTo(guests);
    assertThat(method.paysRemainder()).isEqualTo(remainder);
    if (charge == null) {
      assertThatThrownBy(() -> SettlementKind.of(method))
          .isInstanceOf(IllegalArgumentException.class);
    } else {
      assertThat(SettlementKind.of(method)).isEqualTo(charge);
      assertThat(charge.method()).isEqualTo(method);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "PASS_REDEMPTION, true, false, entitlement-not-usable",
    "WALLET_DEBIT, true, true, insufficient-funds",
    "BONUS_DEBIT, true, true, insufficient-bonus",
    "CARD_PAYMENT, true, true, payment-failed",
    "REFUND_REQUEST, false, false, ",
    "CARD_REFUND, false, false, "
  })
  void aKind(SettlementKind kind, boolean charge, boolean money, String refusal) {
    assertThat(kind.charge()).isEqualTo(charge);
    assertThat(kind.money()).isEqualTo(money);
    assertThat(kind.refusal() == null ? null : kind.refusal().slug()).isEqualTo(refusal);
    if (charge) {
      assertThat(DeclineReason.ofSlug(refusal)).contains(kind.refusal());
    }
  }

  @Test
  void whatIsNoReasonOfOursIsNone() {
    assertThat(DeclineReason.ofSlug(null)).isEmpty();
    assertThat(DeclineReason.ofSlug("rejected")).isEmpty();
  }
}
