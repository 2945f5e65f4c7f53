package app.bookings.booking;

import app.bookings.settlement.PaymentMethod;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** How a booking of 25.50 begins: with an extra of 3.50, or as an attendee's, who buys none. */
enum Beginning {
  FREE(PaymentMethod.FREE, null),
  ON_SITE(PaymentMethod.ON_SITE, PaymentMethod.ON_SITE),
  WALLET(PaymentMethod.WALLET, PaymentMethod.WALLET),
  BONUS(PaymentMethod.BONUS, PaymentMethod.BONUS),
  CARD(PaymentMethod.CARD, PaymentMethod.CARD),
  PASS_AND_ON_SITE(PaymentMethod.PASS, PaymentMethod.ON_SITE),
  PASS_AND_WALLET(PaymentMethod.PASS, PaymentMethod.WALLET),
  PASS_AND_CARD(PaymentMethod.PASS, PaymentMethod.CARD),
  /** None fits. */
  NO_PASS(PaymentMethod.PASS, PaymentMethod.WALLET),
  ATTENDEE(PaymentMethod.ON_SITE, PaymentMethod.ON_SITE);

  private final PaymentMethod method;
  private final PaymentMethod remainder;

  Beginning(PaymentMethod method, PaymentMethod remainder) {
    this.method = method;
    this.remainder = remainder;
  }

  /** The session starts soon enough to be let in, and late enough to be cancelled. */
  Booking booking(boolean guest, Instant now) {
    UUID id = UUID.randomUUID();
    BigDecimal price = new BigDecimal(this == FREE ? "0.00" : "25.50");
    BigDecimal unit = new BigDecimal("3.50");
    List<BookedExtra> extras =
        this == FREE || this == ATTENDEE
            ? List.of()
            : List.of(
                new BookedExtra(
                    UUID.randomUUID(), id, UUID.randomUUID(), "Towel", unit, 1, unit, null));
    Instant start = now.plus(Duration.ofHours(20));
    UUID pass = method == PaymentMethod.PASS && this != NO_PASS ? UUID.randomUUID() : null;
    Reservation reservation =
        new Reservation(
            id,
            new Parties(UUID.randomUUID(), UUID.randomUUID(), guest ? null : UUID.randomUUID()),
            new SessionSnapshot(
                UUID.randomUUID(),
                UUID.randomUUID(),
                "Yoga",
                start,
                start.plus(Duration.ofHours(1)),
                start.minus(Duration.ofHours(1))),
            price,
            "EUR",
            new PaymentPlan(
                method, pass, extras, ExtraLines.total(method, price, extras), remainder),
            null,
            now.plus(Duration.ofMinutes(15)));
    Actor actor = guest ? Actor.GUEST : Actor.SERVICE;
    return this == ATTENDEE
        ? SlotAttendance.attend(reservation, actor, now)
        : reservation.place(actor, now);
  }
}
