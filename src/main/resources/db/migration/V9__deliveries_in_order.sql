-- What a sink lacks in the order of its events: the next to be sent and the oldest are found without
-- reading the rest, however much piled up while the sink was down.
CREATE INDEX outbox_deliveries_in_order ON bookings.outbox_deliveries (sink, seq);
