package app.bookings.settlement;

import static app.bookings.settlement.SettlementStateTest.standing;
import static org.assertj.core.api.Assertions.assertThat;

import app.bookings.testsupport.Fast;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** reliability.md, "Who may write what a neighbour said": a claim is a fence. */
@Fast
class LeasesTest {

  private static final Instant END = Instant.parse("2026-11-30T12:00:30Z");

  private final Settlement settlement = standing(SettlementState.DUE);

  @Test
  void whoWroteItHoldsItUntilAnotherClaimsIt() {
    Leases leases = Leases.none();
    assertThat(leases.hold(settlement)).isFalse();
    leases.wrote(settlement);
    assertThat(leases.hold(settlement)).isTrue();
    assertThat(leases.hold(settlement.claimed())).isFalse();
    leases.claimed(Map.of(settlement.id(), 2));
    assertThat(leases.hold(settlement.claimed())).isTrue();
    assertThat(leases.hold(settlement)).isFalse();
  }

  @Test
  void aCopyLearnsForItselfAndTakesOver() {
    Leases leases = Leases.none();
    Leases copy = leases.copy();
    copy.wrote(settlement);
    assertThat(leases.hold(settlement)).isFalse();
    leases.claimed(copy);
    assertThat(leases.hold(settlement)).isTrue();
  }

  /** Whoever carries on what another had claimed claims it: the other has lost it. */
  @ParameterizedTest
  @EnumSource
  void whatIsUnfinishedIsLeasedToWhoeverWritesIt(SettlementState state) {
    Settlement standing = standing(state).leasedUntil(null);
    Leases ours = Leases.none();
    ours.wrote(standing);
    if (state.unfinished()) {
      assertThat(ours.lease(standing, END)).isEqualTo(standing.leasedUntil(END));
      assertThat(Leases.none().lease(standing, END)).isEqualTo(standing.claimed().leasedUntil(END));
    } else {
      assertThat(ours.lease(standing, END)).isSameAs(standing);
    }
  }

  @Test
  void aLeaseThatRunsStaysAsItIs() {
    Settlement leased = settlement.leasedUntil(END);
    assertThat(Leases.none().lease(leased, END.plusSeconds(1))).isSameAs(leased);
  }
}
