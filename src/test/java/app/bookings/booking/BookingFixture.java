package app.bookings.booking;

import app.bookings.settlement.Intent;
import app.bookings.settlement.Occasion;
import app.bookings.settlement.PaymentMethod;
import app.bookings.settlement.Settlement;
import app.bookings.settlement.SettlementKind;
import app.bookings.settlement.SettlementState;
import app.bookings.settlement.Settlements;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;

/**
 * Any booking, in words. What is not said is usual: a signed-in customer, 25.00 EUR, no extras, a
 * session tomorrow that can be cancelled until an hour before.
 */
public final class BookingFixture {

  /** When all of it happens. */
  public static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");

  private final UUID id = UUID.randomUUID();
  private UUID userId = UUID.randomUUID();
  private BookingStatus status = BookingStatus.CONFIRMED;
  private BookingSource source = BookingSource.SELF_BOOKED;
  private PaymentMethod method = PaymentMethod.ON_SITE;
  private PaymentState state = PaymentState.UNPAID;
  private BigDecimal price = new BigDecimal("25.00");
  private UUID entitlementId;
  private Instant startsAt = NOW.plus(Duration.ofDays(1));
  private Instant deadline = startsAt.minus(Duration.ofHours(1));
  private Instant heldUntil;
  private Instant checkedInAt;
  private Instant deletedAt;
  private Transition cancelledBy;
  private final List<BookedExtra> extras = new ArrayList<>();
  private final List<Settlement> settlements = new ArrayList<>();

  private BookingFixture() {}

  public static BookingFixture booking() {
    return new BookingFixture();
  }

  /** Null is before the first transition. */
  public BookingFixture that(BookingStatus is) {
    status = is;
    heldUntil = is == BookingStatus.PENDING ? NOW.plus(Duration.ofMinutes(15)) : null;
    return this;
  }

  public BookingFixture heldUntil(Instant end) {
    heldUntil = end;
    return this;
  }

  public BookingFixture cancelledBy(Transition transition) {
    status = BookingStatus.CANCELLED;
    cancelledBy = transition;
    return this;
  }

  public BookingFixture ofAGuest() {
    userId = null;
    return this;
  }

  public BookingFixture ofASlotAttendee() {
    source = BookingSource.SLOT_ATTENDEE;
    method = null;
    return this;
  }

  public BookingFixture by(PaymentMethod payment, PaymentState standing) {
    method = payment;
    state = standing;
    return this;
  }

  public BookingFixture absorbedBy(UUID entitlement) {
    method = PaymentMethod.PASS;
    entitlementId = entitlement;
    return this;
  }

  public BookingFixture at(String amount) {
    price = new BigDecimal(amount);
    return this;
  }

  /** Units of an extra, all to be paid. */
  public BookingFixture with(int quantity, String each) {
    BigDecimal unit = new BigDecimal(each);
    extras.add(
        new BookedExtra(
            UUID.randomUUID(), id, UUID.randomUUID(), "Towel", unit, quantity, unit, null));
    return this;
  }

  public BookingFixture startingAt(Instant start) {
    startsAt = start;
    deadline = start.minus(Duration.ofHours(1));
    return this;
  }

  public BookingFixture cancellableUntil(Instant end) {
    deadline = end;
    return this;
  }

  public BookingFixture checkedIn() {
    status = BookingStatus.CHECKED_IN;
    checkedInAt = NOW;
    return this;
  }

  public BookingFixture deleted() {
    deletedAt = NOW;
    return this;
  }

  /** A charge of the whole sum by the create, standing there. */
  public BookingFixture charged(SettlementKind kind, SettlementState standing) {
    return charged(kind, standing, Occasion.CREATE, 1);
  }

  public BookingFixture charged(
      SettlementKind kind, SettlementState standing, Occasion occasion, int attempt) {
    Intent intent = new Intent(id, occasion, attempt, NOW);
    int position = settlements.size() + 1;
    boolean guest = userId == null;
    Settlement begun =
        kind == SettlementKind.PASS_REDEMPTION
            ? intent.pass(position, UUID.randomUUID(), List.of(), guest)
            : intent.charge(
                kind, position, build().total(), null, NOW.plus(Duration.ofMinutes(15)), guest);
    settlements.add(standing(begun, standing));
    return this;
  }

  /** A refund of all charges so far, standing there. */
  public BookingFixture refunded(SettlementKind kind, SettlementState standing) {
    Settlement begun =
        Intent.toGiveBack(id, NOW).refund(kind, settlements.size() + 1, List.copyOf(settlements));
    settlements.add(standing(begun, standing));
    return this;
  }

  private static Settlement standing(Settlement begun, SettlementState standing) {
    return switch (standing) {
      case DUE -> begun;
      case AWAITING ->
          begun.await("https://pay.example/c/1", null, NOW.plus(Duration.ofMinutes(1)), NOW);
      case DONE, UNDO_DUE -> begun.moveTo(standing, null, NOW);
      case REFUSED ->
          begun.moveTo(standing, begun.charge() ? begun.kind().refusal().slug() : null, NOW);
      case UNDONE -> begun.moveTo(SettlementState.UNDO_DUE, null, NOW).moveTo(standing, null, NOW);
    };
  }

  /** The last settlement, changed. */
  public BookingFixture and(UnaryOperator<Settlement> change) {
    settlements.set(settlements.size() - 1, change.apply(settlements.get(settlements.size() - 1)));
    return this;
  }

  public Booking build() {
    UUID cardPayment =
        settlements.stream()
            .filter(s -> s.kind() == SettlementKind.CARD_PAYMENT)
            .map(Settlement::id)
            .reduce((first, last) -> last)
            .orElse(null);
    Booking booking =
        Booking.restore(
            id,
            new Parties(UUID.randomUUID(), UUID.randomUUID(), userId),
            new SessionSnapshot(
                UUID.randomUUID(),
                UUID.randomUUID(),
                "Morning yoga",
                startsAt,
                startsAt.plus(Duration.ofHours(1)),
                deadline),
            new Payment(
                method, state, price, "EUR", false, false, entitlementId, cardPayment, null),
            new Gate(checkedInAt, checkedInAt == null ? null : UUID.randomUUID(), null),
            new Lifecycle(
                status,
                source,
                heldUntil,
                null,
                cancelledBy == null ? null : NOW,
                deletedAt,
                cancelledBy == null ? null : cancelledBy.cause(),
                cancelledBy == null ? null : cancelledBy.name(),
                NOW,
                NOW,
                0),
            extras,
            new Settlements(settlements));
    settlements.forEach(booking.leases()::wrote);
    return booking;
  }
}
