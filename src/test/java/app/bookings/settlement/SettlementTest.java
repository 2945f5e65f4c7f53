package app.bookings.settlement;

import static app.bookings.settlement.SettlementStateTest.standing;
import static org.assertj.core.api.Assertions.assertThat;

import app.bookings.testsupport.Fast;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a settlement keeps while it moves, and which charges a refund gives back. */
@Fast
class SettlementTest {

  private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");
  private static final UUID BOOKING = UUID.randomUUID();
  private static final BigDecimal AMOUNT = new BigDecimal("25.00");

  private static Settlement charge(SettlementKind kind, Instant at) {
    return new Intent(BOOKING, Occasion.CREATE, 1, at)
        .charge(kind, 1, AMOUNT, "https://shop.example/done", NOW, false);
  }

  private static Settlement done(SettlementKind kind, Instant at) {
    return charge(kind, at).moveTo(SettlementState.DONE, null, at);
  }

  private static Settlement refund(SettlementKind kind, Settlement... charges) {
    return Intent.toGiveBack(BOOKING, NOW).refund(kind, 2, List.of(charges));
  }

  /** As a replica of the version before wrote refunds: without their charges. */
  private static Settlement ofTheVersionBefore(Settlement refund) {
    return new Settlement(
        refund.id(),
        refund.bookingId(),
        refund.kind(),
        refund.state(),
        refund.occasion(),
        refund.attempt(),
        refund.position(),
        refund.amount(),
        null,
        null,
        refund.paymentId(),
        null,
        null,
        null,
        null,
        null,
        1,
        null,
        null,
        refund.createdAt(),
        refund.updatedAt(),
        null,
        null,
        null);
  }

  @Test
  void aReasonStaysUntilThereIsANewOne() {
    Settlement refused = standing(SettlementState.DUE).moveTo(SettlementState.REFUSED, "no", NOW);
    assertThat(refused.failureReason()).isEqualTo("no");
    assertThat(refused.moveTo(SettlementState.UNDO_DUE, null, NOW).failureReason()).isEqualTo("no");
    assertThat(refused.moveTo(SettlementState.UNDO_DUE, "late", NOW).failureReason())
        .isEqualTo("late");
  }

  @Test
  void whatANeighbourSaidStaysUntilItSaysOtherwise() {
    UUID theirs = UUID.randomUUID();
    Settlement awaiting = standing(SettlementState.AWAITING);
    assertThat(awaiting.idAtNeighbour()).isEqualTo(awaiting.id());
    Settlement again = awaiting.await(null, theirs, NOW, NOW).await(null, null, NOW, NOW);
    assertThat(again.checkoutUrl()).isEqualTo("https://pay.example/1");
    assertThat(again.idAtNeighbour()).isEqualTo(theirs);
    assertThat(again.dueAt()).isEqualTo(NOW);
  }

  @Test
  void itIsOfTheTraceThatBeganIt() {
    Settlement settlement = standing(SettlementState.DUE);
    assertThat(settlement.begunBy(null)).isSameAs(settlement);
    Settlement traced = settlement.begunBy("first");
    assertThat(traced.traceparent()).isEqualTo("first");
    assertThat(traced.begunBy("second")).isSameAs(traced);
  }

  @Test
  void aClaimCountsAndALeaseEnds() {
    Settlement claimed = standing(SettlementState.DUE).claimed().leasedUntil(NOW);
    assertThat(claimed.tries()).isEqualTo(2);
    assertThat(claimed.dueAt()).isEqualTo(NOW);
    assertThat(claimed.moveTo(SettlementState.DONE, null, NOW).dueAt()).isNull();
  }

  @Test
  void aCheckoutAloneLeadsBackAndEnds() {
    Settlement card = charge(SettlementKind.CARD_PAYMENT, NOW);
    assertThat(card.resultUrl()).isEqualTo("https://shop.example/done");
    assertThat(card.expiresAt()).isEqualTo(NOW);
    Settlement wallet = charge(SettlementKind.WALLET_DEBIT, NOW);
    assertThat(wallet.resultUrl()).isNull();
    assertThat(wallet.expiresAt()).isNull();
  }

  @Test
  void aPassThatIsNotThereIsRefusedBeforeAnybodyIsAsked() {
    Intent intent = new Intent(BOOKING, Occasion.CREATE, 1, NOW);
    List<ExtraQuantity> covered = List.of(new ExtraQuantity(UUID.randomUUID(), 2));
    Settlement none = intent.pass(1, null, List.of(), true);
    assertThat(none.state()).isEqualTo(SettlementState.REFUSED);
    assertThat(none.failureReason()).isEqualTo("entitlement-not-usable");
    assertThat(none.coveredExtras()).isNull();
    Settlement one = intent.pass(1, UUID.randomUUID(), covered, false);
    assertThat(one.state()).isEqualTo(SettlementState.DUE);
    assertThat(one.failureReason()).isNull();
    assertThat(one.coveredExtras()).isEqualTo(covered);
    assertThat(one.amount()).isEqualTo("0.00");
  }

  @Test
  void aRefundGivesTheChargesThatItNames() {
    Settlement wallet = done(SettlementKind.WALLET_DEBIT, NOW);
    Settlement card = done(SettlementKind.CARD_PAYMENT, NOW);
    Settlement request = refund(SettlementKind.REFUND_REQUEST, wallet, card);
    assertThat(request.amount()).isEqualTo("50.00");
    assertThat(request.paymentId()).isNull();
    assertThat(request.gives(wallet)).isTrue();
    assertThat(request.gives(card)).isTrue();
    assertThat(request.gives(done(SettlementKind.WALLET_DEBIT, NOW))).isFalse();
    assertThat(wallet.gives(card)).isFalse();
    assertThat(refund(SettlementKind.CARD_REFUND, card).paymentId()).isEqualTo(card.id());
  }

  /** A rolling update: one without a list meant the card payment it names, or all that was done. */
  @ParameterizedTest(name = "{0} {1} of {2} minutes ago: {3}")
  @CsvSource({
    "WALLET_DEBIT, DONE, 5, true",
    "WALLET_DEBIT, DONE, 0, true",
    "WALLET_DEBIT, DONE, -5, false",
    "WALLET_DEBIT, DUE, 5, false",
    "CARD_PAYMENT, DONE, 5, true",
    "BONUS_DEBIT, DONE, 5, false",
    "PASS_REDEMPTION, DONE, 5, false"
  })
  void aRefundRequestOfTheVersionBefore(
      SettlementKind kind, SettlementState state, int minutes, boolean gives) {
    Instant at = NOW.minus(Duration.ofMinutes(minutes));
    Settlement due =
        kind == SettlementKind.PASS_REDEMPTION
            ? new Intent(BOOKING, Occasion.CREATE, 1, at)
                .pass(1, UUID.randomUUID(), List.of(), false)
            : charge(kind, at);
    Settlement charge = state == SettlementState.DUE ? due : due.moveTo(state, null, at);
    Settlement request = ofTheVersionBefore(refund(SettlementKind.REFUND_REQUEST, charge));
    assertThat(request.gives(charge)).isEqualTo(gives);
  }

  @Test
  void aCardRefundOfTheVersionBeforeGivesThePaymentThatItNames() {
    Settlement card = done(SettlementKind.CARD_PAYMENT, NOW);
    Settlement refund = ofTheVersionBefore(refund(SettlementKind.CARD_REFUND, card));
    assertThat(refund.gives(card)).isTrue();
    assertThat(refund.gives(done(SettlementKind.CARD_PAYMENT, NOW))).isFalse();
  }
}
