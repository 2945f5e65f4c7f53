package app.bookings.booking;

import java.util.ArrayList;

/**
 * A booking to be changed. A change is made on a copy and the copy is handed on once it is written,
 * so that nobody is ever told of a change that is not: an instance says what is in the database.
 */
final class BookingCopy {

  private BookingCopy() {}

  static Booking of(Booking booking) {
    Booking copy = new Booking();
    copy.id = booking.id;
    copy.companyId = booking.companyId;
    copy.activityId = booking.activityId;
    copy.sessionId = booking.sessionId;
    copy.customerId = booking.customerId;
    copy.userId = booking.userId;
    copy.status = booking.status;
    copy.source = booking.source;
    copy.paymentMethod = booking.paymentMethod;
    copy.paymentState = booking.paymentState;
    copy.price = booking.price;
    copy.currency = booking.currency;
    copy.walletDebited = booking.walletDebited;
    copy.bonusDebited = booking.bonusDebited;
    copy.customerEntitlementId = booking.customerEntitlementId;
    copy.paymentId = booking.paymentId;
    copy.refundRequestId = booking.refundRequestId;
    copy.sessionTitle = booking.sessionTitle;
    copy.startsAt = booking.startsAt;
    copy.endsAt = booking.endsAt;
    copy.cancellationDeadline = booking.cancellationDeadline;
    copy.holdExpiresAt = booking.holdExpiresAt;
    copy.reminderSentAt = booking.reminderSentAt;
    copy.checkedInAt = booking.checkedInAt;
    copy.verifierUserId = booking.verifierUserId;
    copy.verifierScannerCredentialId = booking.verifierScannerCredentialId;
    copy.cancelledAt = booking.cancelledAt;
    copy.deletedAt = booking.deletedAt;
    copy.cancelReason = booking.cancelReason;
    copy.cancelCause = booking.cancelCause;
    copy.createdAt = booking.createdAt;
    copy.updatedAt = booking.updatedAt;
    copy.version = booking.version;
    copy.extras = new ArrayList<>(booking.extras);
    copy.settlements = new ArrayList<>(booking.settlements);
    copy.unwritten.ours.putAll(booking.unwritten.ours);
    return copy;
  }
}
