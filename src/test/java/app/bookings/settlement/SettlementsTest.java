package app.bookings.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import app.bookings.testsupport.Fast;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is next, what is kept and what was declined among the settlements of a booking. */
@Fast
class SettlementsTest {

  private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");
  private static final UUID BOOKING = UUID.randomUUID();

  /** In words, such as {@code "WALLET_DEBIT DONE, REFUND_REQUEST DUE"}; a refund gives all. */
  private static Settlements settlements(String words) {
    List<Settlement> all = new ArrayList<>();
    for (String one : words.split(", ", -1)) {
      String[] said = one.split(" ", -1);
      SettlementKind kind = SettlementKind.valueOf(said[0]);
      SettlementState state = SettlementState.valueOf(said[1]);
      int attempt = said.length > 2 ? Integer.parseInt(said[2]) : 1;
      all.add(standing(begun(kind, attempt, all), state));
    }
    return new Settlements(all);
  }

  private static Settlement begun(SettlementKind kind, int attempt, List<Settlement> before) {
    Intent intent =
        new Intent(BOOKING, attempt == 1 ? Occasion.CREATE : Occasion.PAY, attempt, NOW);
    int position = before.size() + 1;
    if (!kind.charge()) {
      return Intent.toGiveBack(BOOKING, NOW).refund(kind, position, List.copyOf(before));
    }
    return kind == SettlementKind.PASS_REDEMPTION
        ? intent.pass(position, UUID.randomUUID(), List.of(), false)
        : intent.charge(kind, position, new BigDecimal("25.00"), null, NOW, false);
  }

  private static Settlement standing(Settlement due, SettlementState state) {
    return switch (state) {
      case DUE -> due;
      case AWAITING -> due.await(null, null, NOW, NOW);
      case REFUSED -> due.moveTo(state, due.charge() ? due.kind().refusal().slug() : null, NOW);
      case DONE, UNDO_DUE -> due.moveTo(state, null, NOW);
      case UNDONE -> due.moveTo(SettlementState.UNDO_DUE, null, NOW).moveTo(state, null, NOW);
    };
  }

  private static Leases all(Settlements settlements) {
    Leases leases = Leases.none();
    settlements.all().forEach(leases::wrote);
    return leases;
  }

  private static String positions(java.util.stream.Stream<Settlement> some) {
    return some.map(s -> String.valueOf(s.position())).collect(Collectors.joining(" "));
  }

  /** What is to be undone, then refunds, then charges in their order. */
  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = ':',
      textBlock =
          """
          PASS_REDEMPTION DUE, CARD_PAYMENT DUE                                    : 1
          PASS_REDEMPTION DONE, CARD_PAYMENT DUE                                   : 2
          CARD_PAYMENT AWAITING, WALLET_DEBIT DUE                                  : 0
          PASS_REDEMPTION REFUSED, WALLET_DEBIT DUE                                : 2
          PASS_REDEMPTION UNDO_DUE, WALLET_DEBIT DUE                               : 1
          WALLET_DEBIT DUE, PASS_REDEMPTION UNDO_DUE                               : 2
          WALLET_DEBIT DUE, BONUS_DEBIT UNDO_DUE, CARD_PAYMENT UNDO_DUE            : 2
          WALLET_DEBIT DONE, REFUND_REQUEST DUE                                    : 2
          WALLET_DEBIT DONE, REFUND_REQUEST DUE, PASS_REDEMPTION UNDO_DUE          : 3
          WALLET_DEBIT DONE, REFUND_REQUEST DUE, PASS_REDEMPTION DUE               : 2
          WALLET_DEBIT DONE, REFUND_REQUEST AWAITING, PASS_REDEMPTION DUE          : 3
          WALLET_DEBIT DONE, REFUND_REQUEST DONE                                   : 0
          WALLET_DEBIT UNDONE                                                      : 0
          """)
  void theNextIs(String words, int position) {
    Settlements settlements = settlements(words);
    assertThat(settlements.next(all(settlements), Set.of()).map(Settlement::position).orElse(0))
        .isEqualTo(position);
  }

  @Test
  void whatOthersHoldOrDidNotAnswerIsLeft() {
    Settlements settlements = settlements("WALLET_DEBIT UNDO_DUE, BONUS_DEBIT UNDO_DUE");
    Settlement first = settlements.all().get(0);
    Settlement second = settlements.all().get(1);
    Leases leases = Leases.none();
    assertThat(settlements.next(leases, Set.of())).isEmpty();
    leases.wrote(second);
    assertThat(settlements.next(leases, Set.of())).contains(second);
    leases.wrote(first);
    assertThat(settlements.next(leases, Set.of(first.id()))).contains(second);
  }

  /** While another's is being undone no charge is asked for, whoever does that. */
  @Test
  void nothingIsTakenWhileSomethingIsBeingUndone() {
    Settlements settlements = settlements("WALLET_DEBIT UNDO_DUE, BONUS_DEBIT DUE");
    Leases leases = Leases.none();
    leases.wrote(settlements.all().get(1));
    assertThat(settlements.next(leases, Set.of())).isEmpty();
    assertThat(settlements.undoing()).isTrue();
  }

  @Test
  void whatARefundNamesPaysForNothing() {
    Settlements settlements =
        settlements(
            "PASS_REDEMPTION DONE, WALLET_DEBIT DONE, REFUND_REQUEST REFUSED, "
                + "CARD_PAYMENT DONE, BONUS_DEBIT AWAITING, BONUS_DEBIT REFUSED");
    assertThat(positions(settlements.charges())).isEqualTo("1 2 4 5 6");
    assertThat(positions(settlements.refunds())).isEqualTo("3");
    assertThat(positions(settlements.live())).isEqualTo("4 5");
    assertThat(positions(settlements.kept())).isEqualTo("4");
    assertThat(positions(settlements("PASS_REDEMPTION DONE, BONUS_DEBIT DONE").moneyKept()))
        .isEqualTo("2");
    assertThat(Settlements.sum(settlements.charges())).isEqualTo("100.00");
    assertThat(Settlements.sum(Settlements.NONE.charges())).isEqualTo("0.00");
  }

  @Test
  void whatIsUnderWay() {
    assertThat(settlements("WALLET_DEBIT DUE").unfinished()).isTrue();
    assertThat(settlements("CARD_PAYMENT AWAITING").unfinished()).isFalse();
    assertThat(settlements("CARD_PAYMENT AWAITING").openCardPayment()).isPresent();
    assertThat(settlements("CARD_PAYMENT DONE").openCardPayment()).isEmpty();
    assertThat(settlements("WALLET_DEBIT DONE, REFUND_REQUEST AWAITING").openCardPayment())
        .isEmpty();
    assertThat(settlements("WALLET_DEBIT DONE").has(SettlementKind.WALLET_DEBIT)).isTrue();
    assertThat(settlements("WALLET_DEBIT DONE").has(SettlementKind.BONUS_DEBIT)).isFalse();
  }

  @Test
  void anAttemptIsDeclinedByItself() {
    Settlements settlements = settlements("WALLET_DEBIT DONE, BONUS_DEBIT REFUSED 2");
    assertThat(settlements.declinedAtOnce()).isEmpty();
    assertThat(settlements.declined(Occasion.PAY, 2)).contains(DeclineReason.INSUFFICIENT_BONUS);
    assertThat(settlements.declined(Occasion.PAY, 1)).isEmpty();
    assertThat(settlements.declined(Occasion.BILLING, 2)).isEmpty();
    assertThat(settlements("CARD_PAYMENT REFUSED").declinedAtOnce())
        .contains(DeclineReason.PAYMENT_FAILED);
    assertThat(settlements.lastAttempt()).isEqualTo(2);
    assertThat(Settlements.NONE.lastAttempt()).isZero();
    assertThat(settlements.nextPosition()).isEqualTo(3);
  }

  @Test
  void aRefundIsKnownByEitherId() {
    UUID theirs = UUID.randomUUID();
    Settlements settlements = settlements("WALLET_DEBIT DONE, REFUND_REQUEST DUE");
    Settlement refund = settlements.all().get(1);
    assertThat(settlements.refundKnownAs(refund.id())).contains(refund);
    Settlements known = settlements.with(refund.await(null, theirs, NOW, NOW));
    assertThat(known.refundKnownAs(theirs)).isPresent();
    assertThat(known.refundKnownAs(refund.id())).isEmpty();
    assertThat(known.refundKnownAs(settlements.all().get(0).id())).isEmpty();
  }

  @Test
  void aChangedOneReplacesTheOneWithItsId() {
    Settlements one = settlements("WALLET_DEBIT DUE");
    Settlement done = one.all().get(0).moveTo(SettlementState.DONE, null, NOW);
    assertThat(one.with(done).all()).containsExactly(done);
    Settlement other = begun(SettlementKind.BONUS_DEBIT, 1, one.all());
    assertThat(one.with(other).all()).hasSize(2).endsWith(other);
    assertThat(one.all()).hasSize(1);
    assertThat(one.each(Settlement::claimed).all()).extracting(Settlement::tries).containsOnly(2);
    assertThat(Arrays.asList(one.find(done.id()), one.find(other.id())))
        .extracting(java.util.Optional::isPresent)
        .containsExactly(true, false);
  }
}
