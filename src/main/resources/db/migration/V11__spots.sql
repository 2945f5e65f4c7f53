-- Which claim handed a reminder out: a claim whose answer was lost is made again, and hands out the
-- same.
ALTER TABLE bookings.bookings ADD COLUMN reminder_claim uuid;
CREATE INDEX bookings_by_reminder_claim ON bookings.bookings (reminder_claim)
  WHERE reminder_claim IS NOT NULL;

-- The clocks of senders differ from ours. capacity_at is our time: when catalog was asked, or when
-- the event came that told the capacity; then capacity_received_at is the same. capacity_told_at is
-- its sender's time.
ALTER TABLE bookings.session_seats ADD COLUMN capacity_told_at timestamptz;
ALTER TABLE bookings.session_seats ADD COLUMN capacity_received_at timestamptz;
