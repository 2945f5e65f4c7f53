-- A give-back names the charges that it undoes: a charge goes back once.
ALTER TABLE bookings.settlements ADD COLUMN charges uuid[];
UPDATE bookings.settlements r SET charges = ARRAY(
    SELECT c.id FROM bookings.settlements c
    WHERE c.booking_id = r.booking_id AND c.state = 'DONE'
      AND CASE r.kind
        WHEN 'CARD_REFUND' THEN c.kind = 'CARD_PAYMENT' AND c.id = r.payment_id
        ELSE c.kind IN ('WALLET_DEBIT', 'CARD_PAYMENT') END)
  WHERE r.kind IN ('REFUND_REQUEST', 'CARD_REFUND');

-- Which transition ended the booking: the reason beside it is anybody's free text.
ALTER TABLE bookings.bookings ADD COLUMN cancel_cause text;

-- What a request with an Idempotency-Key did, beside the booking that it is bound to: the attempt at
-- paying that it began.
ALTER TABLE bookings.idempotency_keys ADD COLUMN attempt integer;

-- Facts that outlive the event that told them; they are looked at by the statements that make a
-- booking active, however late. received_at is this service's own time.
CREATE TABLE bookings.deleted_customers (
  customer_id uuid PRIMARY KEY,
  told_at     timestamptz NOT NULL
);
INSERT INTO bookings.deleted_customers (customer_id, told_at)
  SELECT subject_id, begun_at FROM bookings.endings WHERE subject = 'CUSTOMER';
ALTER TABLE bookings.session_times ADD COLUMN received_at timestamptz;
UPDATE bookings.session_times SET received_at = told_at;
-- A replica of the version before does not name it.
ALTER TABLE bookings.session_times ALTER COLUMN received_at SET DEFAULT now();
ALTER TABLE bookings.session_times ALTER COLUMN received_at SET NOT NULL;

-- When it was told, by its sender: a session that was moved later is not over.
ALTER TABLE bookings.finished_sessions ADD COLUMN told_at timestamptz;

-- That a customer's wallet was topped up: their debts are asked for again by one worker at a time,
-- oldest first. due_at is null once every debt was asked for after it.
CREATE TABLE bookings.top_ups (
  customer_id  uuid PRIMARY KEY,
  told_at      timestamptz NOT NULL,
  received_at  timestamptz NOT NULL,
  due_at       timestamptz,
  claim        uuid,
  leased_until timestamptz
);
CREATE INDEX top_ups_due ON bookings.top_ups (due_at) WHERE due_at IS NOT NULL;

-- Work at bookings that one worker at a time does: a row is a lease, and where the work failed, the time
-- until which it waits. Nothing is left of what was done.
CREATE TABLE bookings.work_claims (
  work       text NOT NULL,
  booking_id uuid NOT NULL,
  tries      integer NOT NULL,
  due_at     timestamptz NOT NULL,
  PRIMARY KEY (work, booking_id)
);
CREATE INDEX work_claims_by_age ON bookings.work_claims (due_at);

UPDATE bookings.bookings b SET cancel_cause = 'HOLD_EXPIRED'
  WHERE status = 'CANCELLED' AND cancel_reason = 'hold-expired' AND EXISTS (
    SELECT 1 FROM bookings.booking_status_history h
    WHERE h.booking_id = b.id AND h.cause = 'hold-expired');
