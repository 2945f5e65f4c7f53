package app.bookings.booking;

import app.bookings.settlement.PaymentMethod;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;

/**
 * The columns of {@code bookings.bookings}; only {@link Booking} and what is beside it write them.
 */
abstract class BookingColumns {
  UUID id;
  UUID companyId;
  UUID activityId;
  UUID sessionId;
  UUID customerId;
  UUID userId;
  BookingStatus status;
  BookingSource source;
  PaymentMethod paymentMethod;
  PaymentState paymentState;
  BigDecimal price;
  String currency;
  boolean walletDebited;
  boolean bonusDebited;
  UUID customerEntitlementId;
  UUID paymentId;
  UUID refundRequestId;
  String sessionTitle;
  Instant startsAt;
  Instant endsAt;
  Instant cancellationDeadline;
  Instant holdExpiresAt;
  Instant reminderSentAt;
  Instant checkedInAt;
  UUID verifierUserId;
  UUID verifierScannerCredentialId;
  Instant cancelledAt;
  Instant deletedAt;
  String cancelReason;
  String cancelCause;
  Instant createdAt;
  Instant updatedAt;
  long version;

  public UUID id() {
    return id;
  }

  public Instant startsAt() {
    return startsAt;
  }

  public Instant endsAt() {
    return endsAt;
  }

  public Instant cancellationDeadline() {
    return cancellationDeadline;
  }

  public UUID companyId() {
    return companyId;
  }

  public UUID activityId() {
    return activityId;
  }

  public UUID sessionId() {
    return sessionId;
  }

  public UUID customerId() {
    return customerId;
  }

  public UUID userId() {
    return userId;
  }

  public BookingStatus status() {
    return status;
  }

  public String currency() {
    return currency;
  }

  public BookingSource source() {
    return source;
  }

  public long version() {
    return version;
  }
}
