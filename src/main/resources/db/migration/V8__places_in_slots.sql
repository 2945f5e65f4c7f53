-- Places of a session lie in slots, so that claims of one session pass each other. What is in the slots
-- may be claimed; it is never more than the capacity less the active bookings, and whoever finds none
-- counts the bookings and deals the places out anew. So a place can't get lost, and a session that
-- was there before needs no row.
CREATE TABLE bookings.seat_slots (
  session_id uuid NOT NULL,
  slot       integer NOT NULL,
  -- that it was dealt for
  capacity   integer,
  free       integer NOT NULL CHECK (free >= 0),
  PRIMARY KEY (session_id, slot)
) WITH (fillfactor = 50);

-- Set when counting found no place, unset by whatever may free one: a refusal then costs one look.
ALTER TABLE bookings.session_seats ADD COLUMN sold_out boolean NOT NULL DEFAULT false;
ALTER TABLE bookings.session_seats DROP COLUMN taken;

-- When the next place of a full session may free up.
CREATE INDEX bookings_held_in_session ON bookings.bookings (session_id, hold_expires_at)
  WHERE status = 'PENDING';
