-- The trace of the request that began a settlement: whoever carries it on links to it.
ALTER TABLE bookings.settlements ADD COLUMN traceparent text;
