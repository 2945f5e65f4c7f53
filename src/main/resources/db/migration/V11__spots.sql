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

-- What was told of a session, by its sender's time, however long ago; session_seats.closed follows
-- from it. called_off_received_at is our time.
CREATE TABLE bookings.session_facts (
  session_id             uuid PRIMARY KEY,
  called_off_at          timestamptz,
  called_off_received_at timestamptz,
  reopened_at            timestamptz,
  deleted_at             timestamptz
);
INSERT INTO bookings.session_facts (session_id, called_off_at, called_off_received_at, deleted_at)
SELECT subject_id,
  max(begun_at) FILTER (WHERE cause = 'SESSION_CANCELLED'),
  max(begun_at) FILTER (WHERE cause = 'SESSION_CANCELLED'),
  min(begun_at) FILTER (WHERE cause = 'SESSION_DELETED')
FROM bookings.endings WHERE subject = 'SESSION' GROUP BY subject_id;

-- Only bookings made before this end; null: all.
ALTER TABLE bookings.endings ADD COLUMN until timestamptz;
