-- SPDX-License-Identifier: GPL-3.0-or-later
-- Up to three signatures under a value, each by another person and none by whoever entered it: the database refuses it too.
-- Rules of automatic verification.

ALTER TABLE result ADD COLUMN verify_level BIGINT CHECK (verify_level BETWEEN 0 AND 3);
ALTER TABLE result ADD COLUMN level1_by MH_TEXT CHECK (level1_by <> entered_by);
ALTER TABLE result ADD COLUMN level1_name MH_TEXT;
ALTER TABLE result ADD COLUMN level1_at BIGINT;
ALTER TABLE result ADD COLUMN level2_by MH_TEXT CHECK (level2_by <> entered_by AND level2_by <> level1_by);
ALTER TABLE result ADD COLUMN level2_name MH_TEXT;
ALTER TABLE result ADD COLUMN level2_at BIGINT;
ALTER TABLE result ADD COLUMN auto_verified BOOLEAN CHECK (verified_by <> entered_by AND verified_by <> level1_by AND verified_by <> level2_by);
ALTER TABLE result ADD COLUMN held MH_TEXT;

ALTER TABLE verification ADD COLUMN tests MH_TEXT;
ALTER TABLE verification ADD COLUMN reason MH_TEXT;
ALTER TABLE verification ADD COLUMN level BIGINT;

ALTER TABLE bench ADD COLUMN verify_levels BIGINT CHECK (verify_levels BETWEEN 0 AND 3);

CREATE TABLE auto_rule (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  hospital_id MH_TEXT,
  name MH_TEXT,
  bench MH_TEXT,
  test MH_TEXT,
  analyte MH_TEXT,
  instrument MH_TEXT,
  flags MH_TEXT,
  low MH_TEXT,
  high MH_TEXT,
  signed_range BOOLEAN,
  delta BOOLEAN,
  previous BOOLEAN,
  qc BOOLEAN,
  device_flags MH_TEXT,
  max_haemolysis BIGINT,
  max_icterus BIGINT,
  max_lipaemia BIGINT,
  by_hand BOOLEAN,
  active BOOLEAN,
  note MH_TEXT
);
CREATE INDEX auto_rule_of_hospital ON auto_rule (hospital_id, created_at, id);
-- What a trial over the past reads.
CREATE INDEX result_verified ON result (hospital_id, verified_at) WHERE verified_at IS NOT NULL;
