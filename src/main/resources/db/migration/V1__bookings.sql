-- The two tables of the domain and the technical ones beside them (domain.md, "Tables").

CREATE TABLE bookings.bookings (
  id                             uuid PRIMARY KEY,
  company_id                     uuid NOT NULL,
  activity_id                    uuid NOT NULL,
  session_id                     uuid NOT NULL,
  customer_id                    uuid NOT NULL,
  user_id                        uuid,
  status                         text NOT NULL CHECK (status IN
    ('PENDING', 'CONFIRMED', 'CHECKED_IN', 'PENDING_PAYMENT', 'CANCELLED', 'REFUNDED')),
  source                         text NOT NULL CHECK (source IN ('SELF_BOOKED', 'SLOT_ATTENDEE')),
  payment_method                 text CHECK (payment_method IN
    ('FREE', 'ON_SITE', 'WALLET', 'BONUS', 'PASS', 'CARD')),
  payment_state                  text NOT NULL CHECK (payment_state IN
    ('NOT_REQUIRED', 'UNPAID', 'PAID', 'REFUND_PENDING', 'REFUNDED', 'REFUND_REJECTED')),
  price                          numeric(10, 2) NOT NULL CHECK (price >= 0),
  currency                       char(3) NOT NULL,
  wallet_debited                 boolean NOT NULL DEFAULT false,
  bonus_debited                  boolean NOT NULL DEFAULT false,
  customer_entitlement_id        uuid,
  payment_id                     uuid,
  refund_request_id              uuid,
  session_title                  text NOT NULL,
  starts_at                      timestamptz NOT NULL,
  ends_at                        timestamptz NOT NULL,
  cancellation_deadline          timestamptz,
  hold_expires_at                timestamptz,
  reminder_sent_at               timestamptz,
  checked_in_at                  timestamptz,
  verifier_user_id               uuid,
  verifier_scanner_credential_id uuid,
  cancelled_at                   timestamptz,
  cancel_reason                  text,
  created_at                     timestamptz NOT NULL,
  updated_at                     timestamptz NOT NULL,
  version                        bigint NOT NULL,
  CONSTRAINT payment_method_known_once_billed
    CHECK (payment_method IS NOT NULL OR source = 'SLOT_ATTENDEE'),
  CONSTRAINT hold_only_while_pending CHECK ((status = 'PENDING') = (hold_expires_at IS NOT NULL)),
  CONSTRAINT one_verifier
    CHECK (verifier_user_id IS NULL OR verifier_scanner_credential_id IS NULL)
);

-- At most one active booking per session and customer.
CREATE UNIQUE INDEX bookings_one_active ON bookings.bookings (session_id, customer_id)
  WHERE status IN ('PENDING', 'CONFIRMED', 'CHECKED_IN', 'PENDING_PAYMENT');
-- Pages of a customer, latest session first.
CREATE INDEX bookings_by_user ON bookings.bookings (user_id, starts_at DESC, id DESC)
  WHERE user_id IS NOT NULL;
CREATE INDEX bookings_by_session ON bookings.bookings (session_id, created_at);
-- Holds that may have expired, and when the next place of a full session may free up.
CREATE INDEX bookings_held ON bookings.bookings (hold_expires_at) WHERE status = 'PENDING';

CREATE TABLE bookings.booking_extra (
  id                        uuid PRIMARY KEY,
  booking_id                uuid NOT NULL REFERENCES bookings.bookings (id) ON DELETE CASCADE,
  extra_id                  uuid NOT NULL,
  name                      text NOT NULL,
  price                     numeric(10, 2) NOT NULL CHECK (price >= 0),
  quantity                  integer NOT NULL DEFAULT 1 CHECK (quantity >= 1),
  price_paid                numeric(10, 2) NOT NULL DEFAULT 0 CHECK (price_paid >= 0),
  covered_by_entitlement_id uuid
);
CREATE INDEX booking_extra_by_booking ON bookings.booking_extra (booking_id);
CREATE INDEX booking_extra_by_extra ON bookings.booking_extra (extra_id);

-- Places taken, one row a session. capacity_at says how old our knowledge of the capacity is, so
-- that an older answer of catalog never overwrites a newer one.
CREATE TABLE bookings.session_seats (
  session_id  uuid PRIMARY KEY,
  capacity    integer CHECK (capacity >= 0),
  capacity_at timestamptz NOT NULL,
  taken       integer NOT NULL CHECK (taken >= 0)
);

-- One row per movement of money, points or pass uses: written before the neighbour is asked
-- (reliability.md, "How"). due_at: when somebody has to look at it again; while a request or a
-- worker is at it, the end of its lease; null once nothing is left to do.
CREATE TABLE bookings.settlements (
  id               uuid PRIMARY KEY,
  booking_id       uuid NOT NULL REFERENCES bookings.bookings (id) ON DELETE CASCADE,
  kind             text NOT NULL CHECK (kind IN ('PASS_REDEMPTION', 'WALLET_DEBIT', 'BONUS_DEBIT',
    'CARD_PAYMENT', 'REFUND_REQUEST', 'CARD_REFUND')),
  state            text NOT NULL CHECK (state IN
    ('DUE', 'AWAITING', 'DONE', 'REFUSED', 'UNDO_DUE', 'UNDONE')),
  occasion         text NOT NULL CHECK (occasion IN ('CREATE', 'PAY', 'GIVE_BACK')),
  attempt          integer NOT NULL,
  position         integer NOT NULL,
  amount           numeric(10, 2) NOT NULL CHECK (amount >= 0),
  entitlement_id   uuid,
  covered_extras   jsonb,
  payment_id       uuid,
  neighbour_id     uuid,
  result_url       text,
  checkout_url     text,
  expires_at       timestamptz,
  failure_reason   text,
  tries            integer NOT NULL,
  due_at           timestamptz,
  last_error       text,
  created_at       timestamptz NOT NULL,
  updated_at       timestamptz NOT NULL
);
CREATE INDEX settlements_by_booking ON bookings.settlements (booking_id);
CREATE INDEX settlements_due ON bookings.settlements (due_at) WHERE due_at IS NOT NULL;

-- Append-only: every change of status, written in the statement that makes it.
CREATE TABLE bookings.booking_status_history (
  id          uuid PRIMARY KEY,
  booking_id  uuid NOT NULL,
  from_status text,
  to_status   text NOT NULL,
  cause       text NOT NULL,
  actor       text NOT NULL,
  at          timestamptz NOT NULL
);
CREATE INDEX booking_status_history_by_booking ON bookings.booking_status_history (booking_id, id);

-- Outbound events, columns as the Debezium outbox event router expects them by default.
CREATE TABLE bookings.outbox (
  id            uuid PRIMARY KEY,
  aggregatetype text NOT NULL,
  aggregateid   text NOT NULL,
  type          text NOT NULL,
  payload       jsonb NOT NULL,
  created_at    timestamptz NOT NULL
);

-- Events that were processed, so that a repeat changes nothing.
CREATE TABLE bookings.inbox (
  source      text NOT NULL,
  id          text NOT NULL,
  type        text NOT NULL,
  received_at timestamptz NOT NULL,
  PRIMARY KEY (source, id)
);

-- Idempotency-Key: owner is the request at work; booking_id is set in the statement that creates
-- the booking, so that the answer can be given again after a crash in between.
CREATE TABLE bookings.idempotency_keys (
  caller       text NOT NULL,
  key          text NOT NULL,
  request_hash text NOT NULL,
  owner        uuid NOT NULL,
  leased_until timestamptz NOT NULL,
  booking_id   uuid,
  status       integer,
  headers      jsonb,
  body         text,
  created_at   timestamptz NOT NULL,
  PRIMARY KEY (caller, key)
);
CREATE INDEX idempotency_keys_by_age ON bookings.idempotency_keys (created_at);
