package app.bookings.booking;

import static app.bookings.booking.BookingFixture.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import app.bookings.problem.Problem;
import app.bookings.settlement.DeclineReason;
import app.bookings.settlement.Outcome;
import app.bookings.settlement.Settlement;
import app.bookings.settlement.SettlementKind;
import app.bookings.settlement.SettlementState;
import app.bookings.testsupport.Fast;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Whatever neighbours say, in whatever order, true or not, and whatever people do meanwhile: a
 * booking goes only where the tables lead, and no charge that moved is lost.
 */
@Fast
class OutcomesPropertiesTest {

  private static final Reseat FREE_PLACE = new Reseat(true, true, null, null);

  private static final List<Outcome> OUTCOMES =
      List.of(
          new Outcome.Moved(),
          new Outcome.Waiting("https://pay.example/c/1", null),
          new Outcome.Refused(DeclineReason.PAYMENT_FAILED, true),
          new Outcome.Refused(DeclineReason.PAYMENT_FAILED, false),
          new Outcome.Failed(DeclineReason.PAYMENT_FAILED),
          new Outcome.GivenBack());

  /**
   * One thing that happens.
   *
   * @param deed null where a neighbour says something
   * @param which of its settlements a neighbour speaks of, counted around
   * @param placeFree whether a place is free for a hold that ran out
   */
  record Step(Deed deed, int which, Outcome outcome, boolean placeFree) {}

  @Provide
  Arbitrary<List<Step>> steps() {
    Arbitrary<Deed> deeds =
        Arbitraries.frequencyOf(
            net.jqwik.api.Tuple.of(3, Arbitraries.just((Deed) null)),
            net.jqwik.api.Tuple.of(1, Arbitraries.of(Deed.values())));
    return Combinators.combine(
            deeds,
            Arbitraries.integers().between(0, 11),
            Arbitraries.of(OUTCOMES),
            Arbitraries.of(true, false))
        .as(Step::new)
        .list()
        .ofMaxSize(25);
  }

  @Property(tries = 1000)
  void noMovedChargeIsLostAndNoStateIsOffTheTables(
      @ForAll Beginning beginning, @ForAll boolean guest, @ForAll("steps") List<Step> steps) {
    Booking booking = beginning.booking(guest, NOW);
    Set<UUID> moved = new HashSet<>();
    Instant now = NOW;
    for (Step step : steps) {
      now = now.plusSeconds(7);
      if (step.deed() != null) {
        attempt(step.deed(), booking, now);
      } else if (!booking.settlements().all().isEmpty()) {
        say(step, booking, moved, now);
      }
      check(booking, moved);
    }
    goesWhereTheTableLeads(booking);
  }

  private static void attempt(Deed deed, Booking booking, Instant now) {
    try {
      deed.on(booking, now);
    } catch (Problem refused) {
      // so be it
    }
  }

  private static void say(Step step, Booking booking, Set<UUID> moved, Instant now) {
    List<Settlement> all = booking.settlements().all();
    Settlement of = all.get(step.which() % all.size());
    boolean decides = !of.charge() || of.kind() == SettlementKind.CARD_PAYMENT;
    if (step.outcome() instanceof Outcome.Waiting && !decides) {
      return;
    }
    booking.record(
        of.id(), step.outcome(), step.placeFree() ? FREE_PLACE : Reseat.NO, Actor.SERVICE, now);
    if (of.charge() && step.outcome() instanceof Outcome.Moved) {
      moved.add(of.id());
    } else if (booking.settlements().find(of.id()).orElseThrow().state()
        == SettlementState.UNDONE) {
      moved.remove(of.id());
    }
  }

  private static void check(Booking booking, Set<UUID> moved) {
    assertThat(booking.settlements().charges())
        .allSatisfy(
            charge -> {
              if (moved.contains(charge.id())) {
                assertThat(charge.state()).isIn(SettlementState.DONE, SettlementState.UNDO_DUE);
              }
              assertThat(booking.settlements().refunds().filter(r -> r.gives(charge)))
                  .hasSizeLessThan(2);
            });
    if (!booking.status().active()) {
      assertThat(booking.settlements().kept()).isEmpty();
    }
    assertThat(
            booking.settlements().refunds().filter(r -> r.kind() == SettlementKind.REFUND_REQUEST))
        .hasSizeLessThan(2);
  }

  /** Each change of status begins where the one before it ended. */
  private static void goesWhereTheTableLeads(Booking booking) {
    BookingStatus status = null;
    for (Change change : booking.pending().all()) {
      assertThat(change.from()).isEqualTo(status);
      if (change.transition() != null) {
        assertThat(change.transition().allowedFrom(status)).isTrue();
        status = change.transition().to();
      }
    }
    assertThat(booking.status()).isEqualTo(status);
  }
}
