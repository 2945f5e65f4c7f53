-- Deleted bookings are gone from every read at once; the row goes once nothing is owed.
ALTER TABLE bookings.bookings ADD COLUMN deleted_at timestamptz;
CREATE INDEX bookings_deleted ON bookings.bookings (deleted_at) WHERE deleted_at IS NOT NULL;

-- Billing of slot attendees after their session.
ALTER TABLE bookings.settlements DROP CONSTRAINT settlements_occasion_check;
ALTER TABLE bookings.settlements ADD CONSTRAINT settlements_occasion_check
  CHECK (occasion IN ('CREATE', 'PAY', 'BILLING', 'GIVE_BACK'));
CREATE TABLE bookings.finished_sessions (
  session_id  uuid PRIMARY KEY,
  finished_at timestamptz NOT NULL
);
CREATE INDEX bookings_unbilled ON bookings.bookings (session_id, ends_at)
  WHERE source = 'SLOT_ATTENDEE' AND payment_method IS NULL AND status IN ('CONFIRMED', 'CHECKED_IN');
CREATE INDEX bookings_in_debt ON bookings.bookings (customer_id, created_at)
  WHERE status = 'PENDING_PAYMENT';

-- Reminders that are due.
CREATE INDEX bookings_to_remind ON bookings.bookings (starts_at)
  WHERE status = 'CONFIRMED' AND reminder_sent_at IS NULL;

-- What other services said is gone.
CREATE INDEX bookings_by_entitlement ON bookings.bookings (customer_entitlement_id)
  WHERE customer_entitlement_id IS NOT NULL;
CREATE INDEX booking_extra_by_entitlement ON bookings.booking_extra (covered_by_entitlement_id)
  WHERE covered_by_entitlement_id IS NOT NULL;
CREATE INDEX bookings_by_scanner_credential ON bookings.bookings (verifier_scanner_credential_id)
  WHERE verifier_scanner_credential_id IS NOT NULL;
