-- Which claim handed a reminder out: a claim whose answer was lost is made again, and hands out the
-- same.
ALTER TABLE bookings.bookings ADD COLUMN reminder_claim uuid;
CREATE INDEX bookings_by_reminder_claim ON bookings.bookings (reminder_claim)
  WHERE reminder_claim IS NOT NULL;
