-- What a create does, as one would write it first: the session's row locked, places counted, the
-- booking, its history and its event inserted, one statement each, in one transaction.
\set session random(1, 2000)
BEGIN;
SELECT capacity FROM bench.sessions WHERE n = :session FOR UPDATE;
SELECT count(*) FROM bench.bookings WHERE session = :session AND status = 'CONFIRMED';
INSERT INTO bench.bookings (id, session, customer_id, user_id, status, payment_method, price, currency, session_title, starts_at, ends_at, created_at, updated_at, version) VALUES (gen_random_uuid(), :session, gen_random_uuid(), gen_random_uuid(), 'CONFIRMED', 'ON_SITE', 25.00, 'EUR', 'Yoga', now() + interval '7 days', now() + interval '7 days 90 minutes', now(), now(), 1);
INSERT INTO bench.history (id, booking_id, to_status, cause, actor, at) VALUES (gen_random_uuid(), gen_random_uuid(), 'CONFIRMED', 'confirm-at-once', 'user', now());
INSERT INTO bench.outbox (id, aggregatetype, aggregateid, type, payload, created_at) VALUES (gen_random_uuid(), 'booking', 'b', 'booking.created', '{"id":"6f1c1d52-0000-4000-8000-000000000000","status":"CONFIRMED","paymentMethod":"ON_SITE","price":"25.00","total":"25.00","currency":"EUR"}', now());
UPDATE bench.sessions SET taken = taken + 1 WHERE n = :session;
COMMIT;
