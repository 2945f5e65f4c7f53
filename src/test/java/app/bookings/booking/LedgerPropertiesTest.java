package app.bookings.booking;

import static app.bookings.booking.BookingFixture.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import app.bookings.problem.Problem;
import app.bookings.settlement.Outcome;
import app.bookings.settlement.Settlement;
import app.bookings.settlement.SettlementKind;
import app.bookings.settlement.SettlementState;
import app.bookings.settlement.Settlements;
import app.bookings.testsupport.Fast;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Neighbours keep their contracts, answers are lost, repeated and late, and people do what they do:
 * once all is settled, what was taken and not given back is what is owed (reliability.md,
 * "Invariants").
 */
@Fast
class LedgerPropertiesTest {

  private static final List<Deed> DEEDS = List.of(Deed.values());

  private static final int ENOUGH = 200;

  /** One of these happens at each step. */
  enum Happening {
    /** The next settlement is asked for. */
    ASK,
    /** A customer pays, or fails to. */
    CUSTOMER,
    /** A neighbour tells what is true of any settlement, again or for the first time. */
    TELL,
    DEED
  }

  @Provide
  Arbitrary<List<Happening>> happenings() {
    return Arbitraries.of(
            Happening.ASK, Happening.ASK, Happening.CUSTOMER, Happening.TELL, Happening.DEED)
        .list()
        .ofMaxSize(30);
  }

  @Property(tries = 1000)
  void whatIsTakenAndNotGivenBackIsWhatIsOwed(
      @ForAll Beginning beginning,
      @ForAll boolean guest,
      @ForAll("happenings") List<Happening> happenings,
      @ForAll long seed) {
    Random random = new Random(seed);
    World world = new World(random);
    Booking booking = beginning.booking(guest, NOW);
    boolean atTheDesk = false;
    Instant now = NOW;
    for (Happening happening : happenings) {
      now = now.plusSeconds(7);
      switch (happening) {
        case ASK -> next(booking).ifPresent(s -> ask(booking, world, s, false, random));
        case CUSTOMER -> any(booking, random).ifPresent(world::customer);
        case TELL ->
            any(booking, random)
                .ifPresent(
                    s -> {
                      world.correct(s);
                      note(booking, s, world.tell(s), random);
                    });
        case DEED -> atTheDesk |= paidAtTheDesk(booking, random, now);
      }
    }
    settle(booking, world, random);
    booking.expire(NOW.plusSeconds(3600));
    settle(booking, world, random);
    isOwed(booking, world, atTheDesk);
    if (booking.status().active()) {
      endsAsItWasShown(booking);
      settle(booking, world, random);
      isOwed(booking, world, atTheDesk);
    }
  }

  private static void endsAsItWasShown(Booking booking) {
    Settlements before = booking.settlements();
    List<GiveBack> preview = GivingBack.preview(booking);
    booking.endBecause(Transition.CUSTOMER_DELETED, Actor.SERVICE, NOW.plusSeconds(3600));
    assertThat(WhatGoesBackTest.begun(before, booking.settlements()))
        .containsExactlyInAnyOrderElementsOf(WhatGoesBackTest.shown(preview));
  }

  private static boolean paidAtTheDesk(Booking booking, Random random, Instant now) {
    Deed deed = DEEDS.get(random.nextInt(DEEDS.size()));
    boolean unpaid = booking.payment().state() == PaymentState.UNPAID;
    try {
      deed.on(booking, now);
      return deed == Deed.PAY_AT_THE_DESK && unpaid;
    } catch (Problem refused) {
      return false;
    }
  }

  private static Optional<Settlement> next(Booking booking) {
    return booking.settlements().next(booking.leases(), Set.of());
  }

  private static Optional<Settlement> any(Booking booking, Random random) {
    List<Settlement> all = booking.settlements().all();
    return all.isEmpty() ? Optional.empty() : Optional.of(all.get(random.nextInt(all.size())));
  }

  private static void ask(
      Booking booking, World world, Settlement settlement, boolean decided, Random random) {
    note(booking, settlement, world.ask(settlement, decided), random);
  }

  private static void note(Booking booking, Settlement of, Outcome outcome, Random random) {
    if (outcome != null) {
      Reseat reseat = random.nextBoolean() ? new Reseat(true, true, null, null) : Reseat.NO;
      booking.record(of.id(), outcome, reseat, Actor.SERVICE, NOW);
    }
  }

  /** Asks until nothing is left to be asked, and what waits is decided. */
  private static void settle(Booking booking, World world, Random random) {
    for (int round = 0; round < ENOUGH; round++) {
      Optional<Settlement> next =
          next(booking)
              .or(
                  () ->
                      booking.settlements().all().stream()
                          .filter(Settlement::awaiting)
                          .findFirst());
      if (next.isEmpty()) {
        return;
      }
      ask(booking, world, next.get(), true, random);
    }
    throw new AssertionError("This never ends: " + booking.settlements().all());
  }

  private static void isOwed(Booking booking, World world, boolean atTheDesk) {
    Payment payment = booking.payment();
    boolean active = booking.status().active();
    assertThat(booking.status()).isNotEqualTo(BookingStatus.PENDING);
    assertThat(booking.settlements().unfinished()).isFalse();
    BigDecimal refused =
        Settlements.sum(
            booking.settlements().refunds().filter(s -> s.state() == SettlementState.REFUSED));
    boolean paidHere = active && payment.state() == PaymentState.PAID && !atTheDesk;
    assertThat(world.kept(booking))
        .isEqualTo(refused.add(paidHere ? booking.total() : new BigDecimal("0.00")));
    assertThat(world.uses(booking)).isEqualTo(active && payment.absorbed() ? 1 : 0);
    assertThat(payment.state()).isNotEqualTo(PaymentState.REFUND_PENDING);
    assertThat(payment.walletDebited())
        .isEqualTo(booking.settlements().charges().anyMatch(s -> debited(booking, world, s)));
  }

  /** Taken from the wallet and not back there. */
  private static boolean debited(Booking booking, World world, Settlement charge) {
    return charge.kind() == SettlementKind.WALLET_DEBIT
        && world.hasMoved(charge)
        && booking.settlements().refunds().noneMatch(s -> s.gives(charge) && world.hasMoved(s));
  }
}
