-- SPDX-License-Identifier: GPL-3.0-or-later
-- Who is given which work: skills, shifts, and the expected minutes of each test; where patients are bled.

CREATE TABLE skill (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  hospital_id MH_TEXT,
  user_id MH_TEXT,
  bench MH_TEXT,
  level MH_TEXT,
  note MH_TEXT
);
CREATE INDEX skill_hospital_id_idx ON skill (hospital_id);
CREATE UNIQUE INDEX skill_once ON skill (user_id, bench) WHERE deleted_at IS NULL;

CREATE TABLE work_shift (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  hospital_id MH_TEXT,
  user_id MH_TEXT,
  kind MH_TEXT,
  weekdays MH_TEXT,
  from_date MH_TEXT,
  until_date MH_TEXT,
  starts MH_TEXT,
  ends MH_TEXT,
  note MH_TEXT
);
CREATE INDEX work_shift_hospital_id_idx ON work_shift (hospital_id);

ALTER TABLE bench ADD COLUMN expected_minutes BIGINT;
ALTER TABLE test ADD COLUMN expected_minutes BIGINT;
ALTER TABLE order_item ADD COLUMN minutes BIGINT;
ALTER TABLE lab_order ADD COLUMN assigned_reason MH_TEXT;
ALTER TABLE lab_order ADD COLUMN assigned_note MH_TEXT;
ALTER TABLE lab_order ADD COLUMN open_minutes BIGINT;
ALTER TABLE lab_order ADD COLUMN collection MH_TEXT;
ALTER TABLE lab_order ADD COLUMN collect_place MH_TEXT;
ALTER TABLE lab_order ADD COLUMN collect_from BIGINT;

ALTER TABLE technician_load ADD COLUMN idle_at BIGINT;

-- Orders in work keep what their technicians' sums already hold of them.
UPDATE lab_order SET open_minutes = 4 * COALESCE (n_samples, 0)
    + 3 * (SELECT count (*) FROM order_item i WHERE i.order_id = lab_order.id)
  WHERE assigned_to IS NOT NULL AND status NOT IN ('completed', 'cancelled', 'expired');

-- What the search for idle work looks at: open orders alone, and who did what last.
CREATE INDEX lab_order_open_work ON lab_order (assigned_to, status)
  WHERE status IN ('placed', 'collected', 'processing') AND deleted_at IS NULL;
CREATE INDEX custody_event_by ON custody_event (by_id, recorded_at);
CREATE INDEX result_by ON result (entered_by, changed_at);
