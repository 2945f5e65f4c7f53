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
  HOLD(Set.of(), PENDING, "booking.created"),
  CONFIRM_AT_ONCE(Set.of(), CONFIRMED, "booking.created"),
  SETTLED(Set.of(PENDING), CONFIRMED, "booking.confirmed"),
  DECLINED(Set.of(PENDING), CANCELLED, "booking.cancelled"),
  HOLD_EXPIRED(Set.of(PENDING), CANCELLED, "booking.cancelled"),
  CANCELLED_BY_CUSTOMER(Set.of(PENDING, CONFIRMED), CANCELLED, "booking.cancelled"),
  SESSION_CANCELLED(
      Set.of(PENDING, CONFIRMED, CHECKED_IN, PENDING_PAYMENT), CANCELLED, "booking.cancelled"),
  SESSION_DELETED(
      Set.of(PENDING, CONFIRMED, CHECKED_IN, PENDING_PAYMENT), CANCELLED, "booking.cancelled"),
  CUSTOMER_DELETED(
      Set.of(PENDING, CONFIRMED, CHECKED_IN, PENDING_PAYMENT), CANCELLED, "booking.cancelled"),
  GIVEN_BACK(Set.of(CANCELLED), REFUNDED, "booking.refunded"),
  PAID_AFTER_HOLD_EXPIRED(Set.of(CANCELLED), CONFIRMED, "booking.confirmed"),
  VERIFIED_AT_GATE(Set.of(CONFIRMED), CHECKED_IN, "booking.checked-in"),
  BILLING_FAILED(Set.of(CONFIRMED, CHECKED_IN), PENDING_PAYMENT, "booking.payment-due"),
  DEBT_PAID(Set.of(PENDING_PAYMENT), CONFIRMED, "booking.paid"),
  DEBT_PAID_AFTER_CHECK_IN(Set.of(PENDING_PAYMENT), CHECKED_IN, "booking.paid"),
  DEBT_WAIVED(Set.of(PENDING_PAYMENT), CANCELLED, "booking.cancelled");

  @SuppressWarnings("ImmutableEnumChecker") // Set.of is
  private final Set<BookingStatus> from;

  private final BookingStatus to;
  private final String event;

  Transition(Set<BookingStatus> from, BookingStatus to, String event) {
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

  /** The type of the outbound event (domain.md, "Outbound events"). */
  public String event() {
    return event;
  }

  /** The cause as the status history has it, such as {@code hold-expired}. */
  public String cause() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
