package app.bookings.settlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.bookings.testsupport.Fast;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** domain.md, "Money": every move of a settlement from every state. */
@Fast
class SettlementStateTest {

  private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");

  /** The table of the code, written down a second time. */
  private static final Set<String> MOVES =
      Set.of(
          "DUE AWAITING",
          "DUE DONE",
          "DUE REFUSED",
          "DUE UNDO_DUE",
          "AWAITING AWAITING",
          "AWAITING DONE",
          "AWAITING REFUSED",
          "AWAITING UNDO_DUE",
          "DONE UNDO_DUE",
          "REFUSED DONE",
          "REFUSED UNDO_DUE",
          "UNDO_DUE UNDONE",
          "UNDO_DUE DONE",
          "UNDONE DONE",
          "UNDONE UNDO_DUE");

  static Stream<Arguments> matrix() {
    return Arrays.stream(SettlementState.values())
        .flatMap(from -> Arrays.stream(SettlementState.values()).map(to -> Arguments.of(from, to)));
  }

  /** A card payment that stands there. */
  static Settlement standing(SettlementState state) {
    Settlement due =
        new Intent(UUID.randomUUID(), Occasion.CREATE, 1, NOW)
            .charge(SettlementKind.CARD_PAYMENT, 1, new BigDecimal("25.00"), null, NOW, false);
    return switch (state) {
      case DUE -> due;
      case AWAITING -> due.await("https://pay.example/1", null, NOW, NOW);
      case DONE, REFUSED, UNDO_DUE -> due.moveTo(state, null, NOW);
      case UNDONE -> due.moveTo(SettlementState.UNDO_DUE, null, NOW).moveTo(state, null, NOW);
    };
  }

  @ParameterizedTest(name = "{0} to {1}")
  @MethodSource("matrix")
  void movesExactlyWhereTheTableSaysSo(SettlementState from, SettlementState to) {
    Settlement settlement = standing(from);
    assertThat(from.mayBecome(to)).isEqualTo(MOVES.contains(from + " " + to));
    if (from.mayBecome(to)) {
      assertThat(settlement.moveTo(to, null, NOW).state()).isEqualTo(to);
    } else {
      assertThatThrownBy(() -> settlement.moveTo(to, null, NOW))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("CARD_PAYMENT can't become %s from %s", to, from);
    }
  }

  @ParameterizedTest
  @EnumSource
  void isAwaitedExactlyWhereTheTableSaysSo(SettlementState from) {
    Settlement settlement = standing(from);
    if (MOVES.contains(from + " AWAITING")) {
      assertThat(settlement.await("https://pay.example/2", null, NOW, NOW).awaiting()).isTrue();
    } else {
      assertThatThrownBy(() -> settlement.await("https://pay.example/2", null, NOW, NOW))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("CARD_PAYMENT can't be awaited from %s", from);
    }
  }

  @ParameterizedTest
  @EnumSource
  void whoIsToAskAndWhatIsWanted(SettlementState state) {
    assertThat(state.unfinished())
        .isEqualTo(Set.of(SettlementState.DUE, SettlementState.UNDO_DUE).contains(state));
    assertThat(state.live())
        .isEqualTo(
            Set.of(SettlementState.DUE, SettlementState.AWAITING, SettlementState.DONE)
                .contains(state));
  }
}
