CREATE SCHEMA bench;
CREATE TABLE bench.sessions (n int PRIMARY KEY, capacity int NOT NULL, taken int NOT NULL);
INSERT INTO bench.sessions SELECT n, 1000000, 0 FROM generate_series(1, 2000) n;
CREATE TABLE bench.bookings (id uuid PRIMARY KEY, session int NOT NULL, customer_id uuid NOT NULL, user_id uuid, status text NOT NULL, payment_method text, price numeric(10, 2), currency char(3), session_title text, starts_at timestamptz, ends_at timestamptz, created_at timestamptz, updated_at timestamptz, version bigint);
CREATE UNIQUE INDEX ON bench.bookings (session, customer_id) WHERE status = 'CONFIRMED';
CREATE INDEX ON bench.bookings (user_id, starts_at DESC, id DESC);
CREATE TABLE bench.history (id uuid PRIMARY KEY, booking_id uuid, to_status text, cause text, actor text, at timestamptz);
CREATE INDEX ON bench.history (booking_id, id);
CREATE TABLE bench.outbox (id uuid PRIMARY KEY, aggregatetype text, aggregateid text, type text, payload jsonb, created_at timestamptz);
