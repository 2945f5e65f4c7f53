-- Bookings of many users in many sessions, with what belongs to them: copies of the first booking.
INSERT INTO bookings.bookings SELECT r.* FROM bookings.bookings b,
  generate_series(1, :rows) n, LATERAL jsonb_populate_record(b, jsonb_build_object(
    'id', md5(n::text)::uuid, 'session_id', md5('s' || n / 20)::uuid,
    'customer_id', md5('c' || n)::uuid, 'user_id', md5('u' || n / 10)::uuid)) r;

INSERT INTO bookings.settlements SELECT r.* FROM bookings.settlements s,
  generate_series(1, :rows) n, LATERAL jsonb_populate_record(s, jsonb_build_object(
    'id', gen_random_uuid(), 'booking_id', md5(n::text)::uuid)) r;

INSERT INTO bookings.booking_extra SELECT gen_random_uuid(), md5(n::text)::uuid,
  md5('e' || n / 50)::uuid, 'Towel', 3.50, 1, 3.50 FROM generate_series(1, :rows) n;

INSERT INTO bookings.booking_status_history
  SELECT gen_random_uuid(), md5(n::text)::uuid, NULL, 'CONFIRMED', 'x', 'x', now()
  FROM generate_series(1, :rows) n;

INSERT INTO bookings.outbox SELECT gen_random_uuid(), 'booking', md5(n::text)::uuid,
  'booking.created', '{}', now() - n * interval '1 second' FROM generate_series(1, :rows) n;

INSERT INTO bookings.outbox_deliveries (sink, event_id, booking_id, seq, due_at)
  SELECT sink, id, aggregateid, seq, created_at FROM bookings.outbox,
    (SELECT ':sink' AS sink) s LIMIT :rows ON CONFLICT DO NOTHING;

INSERT INTO bookings.idempotency_keys (caller, key, request_hash, owner, leased_until,
    created_at)
  SELECT 'user:' || n, n, 'x', gen_random_uuid(), now(), now() - n * interval '1 second'
  FROM generate_series(1, :rows) n;

INSERT INTO bookings.inbox (source, id, type, received_at)
  SELECT '/wallet', n, 'wallet.topped-up', now() - n * interval '1 second'
  FROM generate_series(1, :rows) n;

INSERT INTO bookings.session_seats (session_id, capacity, capacity_at)
  SELECT md5('s' || n)::uuid, 30, now() FROM generate_series(1, :rows) n;

INSERT INTO bookings.seat_slots SELECT md5('s' || n)::uuid, 0, 30, 10
  FROM generate_series(1, :rows) n;

INSERT INTO bookings.endings (subject, subject_id, cause, actor, begun_at, ended_at)
  SELECT 'SESSION', gen_random_uuid(), 'session-deleted', 'x', now(), now()
  FROM generate_series(1, :rows) n;

INSERT INTO bookings.finished_sessions
  SELECT gen_random_uuid(), now() FROM generate_series(1, :rows) n;

INSERT INTO bookings.customer_links
  SELECT gen_random_uuid(), gen_random_uuid(), now() FROM generate_series(1, :rows) n;

INSERT INTO bookings.session_times
  SELECT gen_random_uuid(), now(), now(), now() FROM generate_series(1, :rows) n;

INSERT INTO bookings.session_facts (session_id, reopened_at)
  SELECT gen_random_uuid(), now() FROM generate_series(1, :rows) n;

INSERT INTO bookings.deleted_customers SELECT gen_random_uuid(), now() FROM generate_series(1, :rows);
INSERT INTO bookings.top_ups (customer_id, told_at, received_at)
SELECT gen_random_uuid(), now(), now() FROM generate_series(1, :rows);
INSERT INTO bookings.work_claims (work, booking_id, tries, due_at)
SELECT 'billing', gen_random_uuid(), 1, now() FROM generate_series(1, :rows);
