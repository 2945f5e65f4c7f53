package app.bookings.booking;

import static app.bookings.booking.BookingFixture.NOW;
import static app.bookings.booking.BookingFixture.booking;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.bookings.booking.GiveBack.Way;
import app.bookings.settlement.Occasion;
import app.bookings.settlement.Outcome;
import app.bookings.settlement.PaymentMethod;
import app.bookings.settlement.Settlement;
import app.bookings.settlement.SettlementKind;
import app.bookings.settlement.SettlementState;
import app.bookings.settlement.Settlements;
import app.bookings.testsupport.Fast;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Giving back (domain.md, "Money"): what is shown before a booking is ended and what ending it
 * begins are the same.
 */
@Fast
class WhatGoesBackTest {

  /** The booking in words: who, its status, and its charges such as {@code "CARD_PAYMENT DONE"}. */
  private static Booking made(String who, BookingStatus status, String charges) {
    BookingFixture fixture = booking().that(status).at("25.50");
    if (who.equals("guest")) {
      fixture.ofAGuest();
    }
    boolean pass = charges.contains("PASS_REDEMPTION");
    if (pass) {
      fixture.absorbedBy(UUID.randomUUID()).with(1, "25.50");
    } else {
      fixture.by(PaymentMethod.CARD, PaymentState.PAID);
    }
    for (String charge : charges.split(" & ", -1)) {
      String[] words = charge.split(" ", -1);
      SettlementState state = SettlementState.valueOf(words[1]);
      if (words[0].equals("SURPLUS")) {
        // paid once more by card, and wallet was asked to give that back
        fixture.charged(SettlementKind.CARD_PAYMENT, SettlementState.DONE);
        fixture.refunded(SettlementKind.REFUND_REQUEST, state);
      } else {
        fixture.charged(SettlementKind.valueOf(words[0]), state, Occasion.CREATE, 1);
      }
    }
    return fixture.build();
  }

  /** Each charge that the preview gives back: its kind, the way, where to, and how much. */
  @ParameterizedTest(name = "{0}, {1}, {2}: {3}")
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          user;  CONFIRMED; WALLET_DEBIT DONE;     WALLET_DEBIT REFUND_REQUEST WALLET 25.50
          user;  CONFIRMED; CARD_PAYMENT DONE;     CARD_PAYMENT REFUND_REQUEST WALLET 25.50
          user;  CONFIRMED; BONUS_DEBIT DONE;      BONUS_DEBIT REVERSAL BONUS 26.00
          user;  CONFIRMED; PASS_REDEMPTION DONE;  PASS_REDEMPTION REVERSAL PASS 1.00
          guest; CONFIRMED; CARD_PAYMENT DONE;     CARD_PAYMENT CARD_REFUND CARD 25.50
          user;  PENDING;   WALLET_DEBIT DONE;     WALLET_DEBIT REVERSAL WALLET 25.50
          user;  PENDING;   CARD_PAYMENT DONE;     CARD_PAYMENT REFUND_REQUEST WALLET 25.50
          guest; PENDING;   CARD_PAYMENT DONE;     CARD_PAYMENT CARD_REFUND CARD 25.50
          user;  CHECKED_IN; WALLET_DEBIT DONE;    WALLET_DEBIT REFUND_REQUEST WALLET 25.50
          user;  PENDING_PAYMENT; WALLET_DEBIT REFUSED;
          user;  CONFIRMED; WALLET_DEBIT DUE;
          user;  CONFIRMED; CARD_PAYMENT AWAITING;
          user;  CONFIRMED; WALLET_DEBIT UNDO_DUE;
          user;  CONFIRMED; WALLET_DEBIT UNDONE;
          user;  CONFIRMED; PASS_REDEMPTION DONE & WALLET_DEBIT DONE; \
          PASS_REDEMPTION REVERSAL PASS 1.00, WALLET_DEBIT REFUND_REQUEST WALLET 25.50
          user;  CONFIRMED; PASS_REDEMPTION DONE & BONUS_DEBIT DONE; \
          PASS_REDEMPTION REVERSAL PASS 1.00, BONUS_DEBIT REVERSAL BONUS 26.00
          guest; CONFIRMED; PASS_REDEMPTION DONE & CARD_PAYMENT DONE; \
          PASS_REDEMPTION REVERSAL PASS 1.00, CARD_PAYMENT CARD_REFUND CARD 25.50
          user;  PENDING;   PASS_REDEMPTION DONE & CARD_PAYMENT AWAITING; \
          PASS_REDEMPTION REVERSAL PASS 1.00
          user;  CONFIRMED; WALLET_DEBIT DONE & CARD_PAYMENT DONE; \
          WALLET_DEBIT REFUND_REQUEST WALLET 25.50, CARD_PAYMENT REFUND_REQUEST WALLET 25.50
          guest; CONFIRMED; CARD_PAYMENT DONE & CARD_PAYMENT DONE; \
          CARD_PAYMENT CARD_REFUND CARD 25.50, CARD_PAYMENT CARD_REFUND CARD 25.50
          user;  CONFIRMED; SURPLUS DONE & WALLET_DEBIT DONE; WALLET_DEBIT REVERSAL WALLET 25.50
          user;  CONFIRMED; SURPLUS AWAITING & CARD_PAYMENT DONE; CARD_PAYMENT CARD_REFUND CARD 25.50
          user;  CONFIRMED; SURPLUS REFUSED & BONUS_DEBIT DONE; BONUS_DEBIT REVERSAL BONUS 26.00
          """)
  void whatIsShownIsWhatHappens(String who, BookingStatus status, String charges, String shown) {
    Booking booking = made(who, status, charges);
    List<GiveBack> preview = GivingBack.preview(booking);
    assertThat(
            String.join(
                ", ",
                preview.stream()
                    .map(p -> p.charge().kind() + " " + p.way() + " " + p.to() + " " + p.amount())
                    .toList()))
        .isEqualTo(shown == null ? "" : shown);
    Settlements before = booking.settlements();
    booking.endBecause(Transition.SESSION_CANCELLED, Actor.SERVICE, NOW);
    assertThat(begun(before, booking.settlements()))
        .containsExactlyInAnyOrderElementsOf(shown(preview));
    assertThat(booking.settlements().live()).isEmpty();
  }

  static List<String> shown(List<GiveBack> preview) {
    return preview.stream().map(part -> part.charge().id() + " by " + part.way()).toList();
  }

  /** What ending it began, of what had been taken; each refund is of what its charges were. */
  static List<String> begun(Settlements before, Settlements after) {
    Stream<String> reversed =
        before
            .kept()
            .map(charge -> after.find(charge.id()).orElseThrow())
            .filter(charge -> charge.state() == SettlementState.UNDO_DUE)
            .map(charge -> charge.id() + " by " + Way.REVERSAL);
    Stream<String> refunded =
        after
            .refunds()
            .filter(refund -> before.find(refund.id()).isEmpty())
            .flatMap(
                refund -> {
                  List<Settlement> given = after.charges().filter(refund::gives).toList();
                  assertThat(refund.amount()).isEqualTo(Settlements.sum(given.stream()));
                  Way way = Way.valueOf(refund.kind().name());
                  return given.stream().map(charge -> charge.id() + " by " + way);
                });
    return Stream.concat(reversed, refunded).toList();
  }

  @Test
  void aRefundIsNoCharge() {
    Booking booking = made("user", BookingStatus.CONFIRMED, "SURPLUS DUE");
    Settlement refund = booking.settlements().refunds().findFirst().orElseThrow();
    assertThatThrownBy(() -> GivingBack.surplus(booking, refund, NOW))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** A rolling update: where the version before did not say who paid, it is whose booking it is. */
  @ParameterizedTest
  @CsvSource({"user, REFUND_REQUEST", "guest, CARD_REFUND"})
  void aPaymentOfTheVersionBefore(String who, Way way) {
    Booking old = made(who, BookingStatus.CONFIRMED, "CARD_PAYMENT DONE");
    Booking booking =
        Booking.restore(
            old.id(),
            old.parties(),
            old.session(),
            old.payment(),
            old.gate(),
            old.lifecycle(),
            old.extras(),
            old.settlements().each(WhatGoesBackTest::byNobodyKnown));
    assertThat(GivingBack.preview(booking)).extracting(GiveBack::way).containsExactly(way);
  }

  private static Settlement byNobodyKnown(Settlement s) {
    return new Settlement(
        s.id(),
        s.bookingId(),
        s.kind(),
        s.state(),
        s.occasion(),
        s.attempt(),
        s.position(),
        s.amount(),
        null,
        null,
        null,
        null,
        null,
        null,
        s.expiresAt(),
        null,
        1,
        null,
        null,
        s.createdAt(),
        s.updatedAt(),
        null,
        null,
        null);
  }

  @Test
  void theMoneyIsPendingUntilAllOfItIsBack() {
    Booking booking =
        made("user", BookingStatus.CONFIRMED, "PASS_REDEMPTION DONE & CARD_PAYMENT DONE");
    booking.endBecause(Transition.SESSION_CANCELLED, Actor.SERVICE, NOW);
    assertThat(booking.payment().state()).isEqualTo(PaymentState.REFUND_PENDING);
    Settlement pass = booking.settlements().all().get(0);
    Settlement request = booking.settlements().all().get(2);
    assertThat(booking.payment().refundRequestId()).isEqualTo(request.id());
    booking.record(request.id(), new Outcome.Moved(), Reseat.NO, Actor.SERVICE, NOW);
    assertThat(booking.status()).isEqualTo(BookingStatus.CANCELLED);
    booking.record(pass.id(), new Outcome.GivenBack(), Reseat.NO, Actor.SERVICE, NOW);
    assertThat(booking.status()).isEqualTo(BookingStatus.REFUNDED);
    assertThat(booking.payment().state()).isEqualTo(PaymentState.REFUNDED);
  }

  /** What wallet refused to give back stays refused, until wallet says otherwise. */
  @Test
  void aRejectedRefundIsWalletsToCorrect() {
    Booking booking = made("user", BookingStatus.CONFIRMED, "WALLET_DEBIT DONE");
    booking.endBecause(Transition.SESSION_CANCELLED, Actor.SERVICE, NOW);
    UUID request = booking.payment().refundRequestId();
    booking.record(request, new Outcome.Failed(null), Reseat.NO, Actor.SERVICE, NOW);
    assertThat(booking.payment().state()).isEqualTo(PaymentState.REFUND_REJECTED);
    assertThat(booking.status()).isEqualTo(BookingStatus.CANCELLED);
    booking.record(request, new Outcome.Moved(), Reseat.NO, Actor.SERVICE, NOW);
    assertThat(booking.payment().state()).isEqualTo(PaymentState.REFUNDED);
    assertThat(booking.payment().walletDebited()).isFalse();
  }

  /** Wallet takes one request a booking, and may have one already, under an id of its own. */
  @Test
  void aRefundRequestThatWalletHadAlready() {
    UUID theirs = UUID.randomUUID();
    Booking booking = made("user", BookingStatus.CONFIRMED, "WALLET_DEBIT DONE");
    booking.endBecause(Transition.SESSION_CANCELLED, Actor.SERVICE, NOW);
    UUID request = booking.payment().refundRequestId();
    booking.record(request, new Outcome.Waiting(null, theirs), Reseat.NO, Actor.SERVICE, NOW);
    assertThat(booking.payment().refundRequestId()).isEqualTo(theirs);
    assertThat(booking.settlements().refundKnownAs(theirs).orElseThrow().dueAt()).isEqualTo(NOW);
    booking.record(request, new Outcome.Waiting(null, null), Reseat.NO, Actor.SERVICE, NOW);
    assertThat(booking.settlements().refundKnownAs(theirs).orElseThrow().dueAt())
        .isEqualTo(NOW.plus(Duration.ofMinutes(5)));
  }

  /**
   * On-site money is given back at the desk, and a hold that nothing was taken for owes nothing.
   */
  @ParameterizedTest
  @CsvSource({"ON_SITE, PAID", "ON_SITE, UNPAID", "FREE, NOT_REQUIRED"})
  void whereNothingMovedNothingIsPending(PaymentMethod method, PaymentState state) {
    Booking booking = booking().by(method, state).build();
    booking.endBecause(Transition.SESSION_CANCELLED, Actor.SERVICE, NOW);
    assertThat(booking.payment().state()).isEqualTo(state);
    assertThat(booking.settlements().all()).isEmpty();
  }
}
