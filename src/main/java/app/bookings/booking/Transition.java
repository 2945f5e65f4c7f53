package app.bookings.booking;

import static app.bookings.booking.BookingStatus.CANCELLED;
import static app.bookings.booking.BookingStatus.CHECKED_IN;
import static app.bookings.booking.BookingStatus.CONFIRMED;
import static app.bookings.booking.BookingStatus.PENDING;
import static app.bookings.booking.BookingStatus.PENDING_PAYMENT;
import static app.bookings.booking.BookingStatus.REFUNDED;

import java.util.Locale;
import java.util.Set;

/**
 * Every change of status there is, as data: the table of domain.md, "State machine". A transition
 * without an origin begins a booking. The name is the cause in the status history; the event is
 * what other services are told.
 */
public enum Transition {
  HOLD(Set.of(), PENDING, OutboundEvent.CREATED),
  CONFIRM_AT_ONCE(Set.of(), CONFIRMED, OutboundEvent.CREATED),
  SETTLED(Set.of(PENDING), CONFIRMED, OutboundEvent.CONFIRMED),
  DECLINED(Set.of(PENDING), CANCELLED, OutboundEvent.CANCELLED),
  HOLD_EXPIRED(Set.of(PENDING), CANCELLED, OutboundEvent.CANCELLED),
  CANCELLED_BY_CUSTOMER(Set.of(PENDING, CONFIRMED), CANCELLED, OutboundEvent.CANCELLED),
  SESSION_CANCELLED(
      Set.of(PENDING, CONFIRMED, CHECKED_IN, PENDING_PAYMENT), CANCELLED, OutboundEvent.CANCELLED),
  SESSION_DELETED(
      Set.of(PENDING, CONFIRMED, CHECKED_IN, PENDING_PAYMENT), CANCELLED, OutboundEvent.CANCELLED),
  CUSTOMER_DELETED(
      Set.of(PENDING, CONFIRMED, CHECKED_IN, PENDING_PAYMENT), CANCELLED, OutboundEvent.CANCELLED),
  GIVEN_BACK(Set.of(CANCELLED), REFUNDED, OutboundEvent.REFUNDED),
  PAID_AFTER_HOLD_EXPIRED(Set.of(CANCELLED), CONFIRMED, OutboundEvent.CONFIRMED),
  VERIFIED_AT_GATE(Set.of(CONFIRMED), CHECKED_IN, OutboundEvent.CHECKED_IN),
  BILLING_FAILED(Set.of(CONFIRMED, CHECKED_IN), PENDING_PAYMENT, OutboundEvent.PAYMENT_DUE),
  DEBT_PAID(Set.of(PENDING_PAYMENT), CONFIRMED, OutboundEvent.PAID),
  DEBT_PAID_AFTER_CHECK_IN(Set.of(PENDING_PAYMENT), CHECKED_IN, OutboundEvent.PAID),
  DEBT_WAIVED(Set.of(PENDING_PAYMENT), CANCELLED, OutboundEvent.CANCELLED);

  @SuppressWarnings("ImmutableEnumChecker") // Set.of is
  private final Set<BookingStatus> from;

  private final BookingStatus to;
  private final OutboundEvent event;

  Transition(Set<BookingStatus> from, BookingStatus to, OutboundEvent event) {
    this.from = from;
    this.to = to;
    this.event = event;
  }

  /** Whether a booking in this status may take the transition; null stands for a new one. */
  public boolean allowedFrom(BookingStatus status) {
    return status == null ? from.isEmpty() : from.contains(status);
  }

  public BookingStatus to() {
    return to;
  }

  /** What other services are told of it (domain.md, "Outbound events"). */
  public OutboundEvent event() {
    return event;
  }

  /** The cause as the status history has it, such as {@code hold-expired}. */
  public String cause() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
