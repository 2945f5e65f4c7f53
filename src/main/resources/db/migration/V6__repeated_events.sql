-- An event may come before what it speaks of is committed. It is applied again a little later, from
-- what the inbox keeps of it until then.
ALTER TABLE bookings.inbox ADD COLUMN happened_at timestamptz;
ALTER TABLE bookings.inbox ADD COLUMN data jsonb;
ALTER TABLE bookings.inbox ADD COLUMN repeats integer NOT NULL DEFAULT 0;
ALTER TABLE bookings.inbox ADD COLUMN repeat_at timestamptz;
CREATE INDEX inbox_to_repeat ON bookings.inbox (repeat_at) WHERE repeat_at IS NOT NULL;
CREATE INDEX inbox_received ON bookings.inbox (received_at);

-- Which user is behind a customer, for bookings that a guest makes later.
CREATE TABLE bookings.customer_links (
  customer_id uuid PRIMARY KEY,
  user_id     uuid NOT NULL,
  told_at     timestamptz NOT NULL
);

-- The newest times told of a session: news that was overtaken on its way changes nothing.
CREATE TABLE bookings.session_times (
  session_id uuid PRIMARY KEY,
  starts_at  timestamptz NOT NULL,
  ends_at    timestamptz NOT NULL,
  told_at    timestamptz NOT NULL
);
