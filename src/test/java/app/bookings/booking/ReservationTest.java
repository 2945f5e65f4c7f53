package app.bookings.booking;

import static app.bookings.booking.BookingFixture.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import app.bookings.settlement.Occasion;
import app.bookings.settlement.PaymentMethod;
import app.bookings.settlement.Settlement;
import app.bookings.settlement.SettlementKind;
import app.bookings.testsupport.Fast;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a create begins, by how it is to be paid; and a place on a coach's slot. */
@Fast
class ReservationTest {

  private static final UUID PASS = UUID.randomUUID();
  private static final Instant HOLD_ENDS = NOW.plus(Duration.ofMinutes(15));

  /** A place for 25.00; with a pass, an extra for what remains. */
  static Reservation reservation(
      PaymentMethod method, UUID pass, String toBePaid, PaymentMethod remainder) {
    UUID id = UUID.randomUUID();
    BigDecimal total = new BigDecimal(toBePaid);
    boolean extra = method == PaymentMethod.PASS && total.signum() > 0;
    List<BookedExtra> extras =
        extra
            ? List.of(
                new BookedExtra(
                    UUID.randomUUID(), id, UUID.randomUUID(), "Towel", total, 1, total, null))
            : List.of();
    return new Reservation(
        id,
        new Parties(UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID()),
        new SessionSnapshot(
            UUID.randomUUID(), UUID.randomUUID(), "Yoga", NOW, NOW.plusSeconds(3600), null),
        new BigDecimal(method == PaymentMethod.FREE ? "0.00" : "25.00"),
        "EUR",
        new PaymentPlan(method, pass, extras, total, remainder),
        "https://shop.example/done",
        HOLD_ENDS);
  }

  @ParameterizedTest(name = "{0}, pass {1}, {2} by {3}: {4}")
  @CsvSource({
    "FREE, false, 0.00, FREE, CONFIRMED, NOT_REQUIRED, ",
    "ON_SITE, false, 25.00, ON_SITE, CONFIRMED, UNPAID, ",
    "WALLET, false, 25.00, WALLET, PENDING, UNPAID, WALLET_DEBIT",
    "BONUS, false, 25.00, BONUS, PENDING, UNPAID, BONUS_DEBIT",
    "CARD, false, 25.00, CARD, PENDING, UNPAID, CARD_PAYMENT",
    "PASS, true, 0.00, , PENDING, NOT_REQUIRED, PASS_REDEMPTION",
    "PASS, true, 3.50, ON_SITE, PENDING, UNPAID, PASS_REDEMPTION",
    "PASS, true, 3.50, WALLET, PENDING, UNPAID, PASS_REDEMPTION WALLET_DEBIT",
    "PASS, true, 3.50, BONUS, PENDING, UNPAID, PASS_REDEMPTION BONUS_DEBIT",
    "PASS, true, 3.50, CARD, PENDING, UNPAID, PASS_REDEMPTION CARD_PAYMENT",
    // no pass fits: refused before anybody is asked, and nothing else begins
    "PASS, false, 3.50, WALLET, PENDING, UNPAID, PASS_REDEMPTION"
  })
  void begins(
      PaymentMethod method,
      boolean pass,
      String total,
      PaymentMethod remainder,
      BookingStatus status,
      PaymentState state,
      String charges) {
    Booking booking =
        reservation(method, pass ? PASS : null, total, remainder).place(Actor.SERVICE, NOW);
    assertThat(booking.status()).isEqualTo(status);
    assertThat(booking.payment().state()).isEqualTo(state);
    assertThat(booking.payment().entitlementId()).isEqualTo(pass ? PASS : null);
    assertThat(booking.total()).isEqualTo(total);
    assertThat(booking.lifecycle().source()).isEqualTo(BookingSource.SELF_BOOKED);
    assertThat(booking.lifecycle().holdExpiresAt())
        .isEqualTo(status == BookingStatus.PENDING ? HOLD_ENDS : null);
    assertThat(booking.pending().all())
        .extracting(Change::event)
        .containsExactly(OutboundEvent.CREATED);
    List<Settlement> begun = booking.settlements().all();
    assertThat(String.join(" ", begun.stream().map(s -> s.kind().name()).toList()))
        .isEqualTo(charges == null ? "" : charges);
    assertThat(begun)
        .allSatisfy(
            s -> {
              assertThat(s.occasion()).isEqualTo(Occasion.CREATE);
              assertThat(s.attempt()).isEqualTo(1);
              assertThat(s.amount()).isEqualTo(s.kind().money() ? total : "0.00");
              assertThat(booking.leases().hold(s)).isTrue();
            });
  }

  @Test
  void aCheckoutLeadsBackAndEndsWithTheHold() {
    Booking booking =
        reservation(PaymentMethod.CARD, null, "25.00", PaymentMethod.CARD).place(Actor.GUEST, NOW);
    Settlement checkout = booking.settlements().all().get(0);
    assertThat(checkout.kind()).isEqualTo(SettlementKind.CARD_PAYMENT);
    assertThat(checkout.resultUrl()).isEqualTo("https://shop.example/done");
    assertThat(checkout.expiresAt()).isEqualTo(HOLD_ENDS);
    assertThat(checkout.byGuest()).isTrue();
    assertThat(booking.payment().cardPaymentId()).isEqualTo(checkout.id());
  }

  /** How it is paid is open until it is billed; what costs nothing is never billed. */
  @ParameterizedTest
  @CsvSource({"ON_SITE, 25.00, , UNPAID", "FREE, 0.00, FREE, NOT_REQUIRED"})
  void aPlaceOnASlot(PaymentMethod plan, String total, PaymentMethod shown, PaymentState state) {
    Booking booking =
        SlotAttendance.attend(reservation(plan, null, total, plan), Actor.SERVICE, NOW);
    assertThat(booking.status()).isEqualTo(BookingStatus.CONFIRMED);
    assertThat(booking.lifecycle().source()).isEqualTo(BookingSource.SLOT_ATTENDEE);
    assertThat(booking.payment().method()).isEqualTo(shown);
    assertThat(booking.payment().state()).isEqualTo(state);
    assertThat(booking.settlements().all()).isEmpty();
  }
}
