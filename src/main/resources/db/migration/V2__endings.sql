-- A session that was called off takes no more bookings.
ALTER TABLE bookings.session_seats ADD COLUMN closed boolean NOT NULL DEFAULT false;

-- Ending every active booking of a session is a batch that can be resumed: it is over when ended_at
-- is set, and until then whoever finds it due carries it on.
CREATE TABLE bookings.endings (
  subject    text NOT NULL CHECK (subject IN ('SESSION', 'CUSTOMER')),
  subject_id uuid NOT NULL,
  cause      text NOT NULL,
  actor      text NOT NULL,
  due_at     timestamptz,
  begun_at   timestamptz NOT NULL,
  ended_at   timestamptz,
  PRIMARY KEY (subject, subject_id, cause)
);
CREATE INDEX endings_due ON bookings.endings (due_at) WHERE due_at IS NOT NULL;
