-- Token buckets of guests. Unlogged: after a crash everybody starts with a full bucket, and a write
-- costs no more than it is worth.
CREATE UNLOGGED TABLE bookings.rate_limits (
  bucket  text PRIMARY KEY,
  tokens  double precision NOT NULL,
  allowed boolean NOT NULL,
  at      timestamptz NOT NULL
);
CREATE INDEX rate_limits_by_age ON bookings.rate_limits (at);
CREATE INDEX bookings_by_customer ON bookings.bookings (customer_id);
