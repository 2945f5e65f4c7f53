CREATE SCHEMA bench;
CREATE TABLE bench.session_seats (LIKE bookings.session_seats INCLUDING ALL);
CREATE TABLE bench.bookings (LIKE bookings.bookings INCLUDING ALL);
CREATE TABLE bench.booking_status_history (LIKE bookings.booking_status_history INCLUDING ALL);
CREATE TABLE bench.outbox (LIKE bookings.outbox INCLUDING ALL);
INSERT INTO bench.session_seats (session_id, capacity, capacity_at) SELECT md5(n::text)::uuid, 1000000, now() FROM generate_series(1, 2000) n;
