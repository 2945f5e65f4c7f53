-- With which message a signed event came: an id that comes again with another event is refused.
ALTER TABLE bookings.inbox ADD COLUMN webhook_id text;
CREATE INDEX inbox_webhook_ids ON bookings.inbox (webhook_id) WHERE webhook_id IS NOT NULL;
